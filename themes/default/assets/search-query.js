"use strict";
/* What a query means and which bodies, rows and reports answer it. search-index.js says where words stand, search.js shows the answer. */

const finding = (() => {
  const { fold, glosses, holders } = gongkai;
  const KINDS = ["row", "group", "column", "section", "title"];

  /** bodies.js as values: a report's number is its place among the bodies that reported that year. */
  function readBodies({ years, bodies }) {
    const listed = bodies.map(([slug, kind, names, byForm, gloss]) => ({ slug, kind, names, byForm, gloss, folded: [...names, slug, glosses(gloss)].map(fold), years: byForm.flat().sort() }));
    const reports = years.flatMap(([year]) => listed
      .filter(body => body.years.includes(year))
      .map((body, number) => ({ body, year, number, form: body.byForm.findIndex(held => held.includes(year)) })));
    return { shelves: years, bodies: listed, reports };
  }

  const readForm = ({ sections, names, entries }) => ({
    headings: new Map(sections.map(([id, heading, anchor]) => [id, { heading, anchor }])),
    names: names.map(([name, unit]) => ({ name, unit, folded: fold(name) })),
    entries: entries.map(([kind, label, context, anchor, own, around, cells, main]) => (
      { kind, label, context, anchor, own: own.map(fold), around: [context, ...around].map(fold), cells, main })),
  });

  /** The words of a query and the years it names: `2023年` anywhere, `2023` at a word's end; quotation marks keep words together. */
  function parse(text, years) {
    const words = new Set();
    const found = new Set();
    const year = (all, before, digits) => (years.includes(Number(digits)) ? (found.add(Number(digits)), `${before} `) : all);
    for (const [, quoted, loose] of text.normalize("NFKC").matchAll(/["“「]([^"”」]*)["”」]?|([^\s"“「]+)/g)) {
      const rest = quoted ?? loose.replace(/(^|\D)(\d{4})(?:年度?(?!\d)|$)/g, year);
      for (const word of quoted === undefined ? rest.split(" ") : [rest]) words.add(fold(word));
    }
    words.delete("");
    return { words: [...words], years: found };
  }

  const named = (body, word) => body.folded.some(name => name.includes(word));

  /** The bodies that the field `body` means: a slug, a whole name, or a part of one. */
  function chosen(bodies, text) {
    const word = fold(text);
    const tests = [body => body.slug === text, body => body.folded.includes(word), body => named(body, word)];
    return tests.map(test => bodies.filter(test)).find(found => found.length) ?? [];
  }

  /** How an entry of a form answers all of the words: the cells to show; null where it does not. One word at least must be its own. */
  function answer(entry, names, words) {
    const own = words.filter(word => entry.own.some(text => text.includes(word)));
    if (!own.length) return null;
    const other = words.filter(word => !own.includes(word));
    const cells = entry.kind === "row" ? entry.cells.filter(([, name]) => other.some(word => names[name].folded.includes(word))) : [];
    const met = word => entry.around.some(text => text.includes(word)) || cells.some(([, name]) => names[name].folded.includes(word));
    return other.every(met) ? (cells.length ? cells : entry.cells.slice(0, entry.main)) : null;
  }

  /** The rows that answer the words, alike ones of several forms together, the closest first. `forms` there: form → entry and cells. */
  function rowsFor(forms, words) {
    const rows = new Map();
    forms.forEach(({ entries, names }, number) => entries.forEach(entry => {
      const cells = answer(entry, names, words);
      if (!cells) return;
      const key = [entry.kind, entry.label, entry.context].join("\n");
      const length = Math.min(...entry.own.filter(text => words.some(word => text.includes(word))).map(text => text.length));
      const rank = KINDS.indexOf(entry.kind) * 1000 + length - (words.some(word => entry.own.includes(word)) ? 10000 : 0);
      if (!rows.has(key)) rows.set(key, { ...entry, rank, forms: new Map() });
      rows.get(key).forms.set(number, { entry, cells });
    }));
    const found = [...rows.values()].sort((one, next) => one.rank - next.rank);
    const exact = found.some(row => row.kind === "row" || row.kind === "group");
    return exact ? found.filter(row => row.kind !== "column" && row.kind !== "title") : found;
  }

  /** Everything that is asked for. A word must stand in the body's name, in the text, or, where no row answers the whole query, in the
      statutory labels; rows are those of the bodies that the query names. */
  async function find(asked, { shelves, bodies, reports }, forms) {
    const query = parse(asked.get("q") ?? "", shelves.map(([year]) => year));
    const only = asked.get("body") && new Set(chosen(bodies, asked.get("body")));
    const year = Number(asked.get("year"));
    const scope = reports.filter(report => (!year || report.year === year) && (!query.years.size || query.years.has(report.year))
      && (!only || only.has(report.body)));
    const { words } = query;
    const labels = forms.map(one => new Set(words.filter(word => one.entries.some(entry => entry.own.some(text => text.includes(word))))));
    const label = word => labels.some(set => set.has(word));
    const ofNames = words.filter(word => bodies.some(body => named(body, word)));
    const rest = words.filter(word => label(word) || !ofNames.includes(word));
    let rows = rest.length ? rowsFor(forms, rest) : [];
    if (!rows.length && rest.length && rest.every(label)) rows = rest.flatMap(word => rowsFor(forms, [word]));
    const meant = words.filter(word => !rest.includes(word)).map(word => new Set(chosen(bodies, word)));
    const inRows = scope.filter(report => meant.every(those => those.has(report.body)));
    for (const row of rows) row.reports = inRows.filter(report => row.forms.has(report.form));
    rows = rows.filter(row => row.reports.length);
    const holds = (report, word) => named(report.body, word) || (!rows.length && labels[report.form].has(word));
    const texts = await candidates(shelves, scope, words, holds, rest);
    const listed = ofNames.length ? bodies.filter(body => (!only || only.has(body)) && ofNames.every(word => named(body, word))) : [];
    listed.sort((one, next) => words.some(word => next.folded.includes(word)) - words.some(word => one.folded.includes(word)));
    return { words, rest, holds, rows, texts, bodies: listed };
  }

  /** The reports whose text may hold every word that `holds` does not already find, newest first. */
  async function candidates(shelves, scope, words, holds, rest) {
    const long = words.filter(word => Array.from(word).length > 1);
    if (words.length && !long.length && rest.length) return [];
    const byYear = await Promise.all(shelves.map(async shelf => {
      const reports = scope.filter(report => report.year === shelf[0]);
      if (!reports.length) return [];
      const sets = new Map(await Promise.all(long.map(async word => [word, await holders(shelf, word)])));
      const inText = (report, word) => !sets.has(word) || sets.get(word).has(report.number);
      const found = reports.filter(report => words.every(word => holds(report, word) || inText(report, word))
        && (!rest.length || rest.some(word => sets.get(word)?.has(report.number))));
      const byName = report => words.filter(word => named(report.body, word)).length;
      return found.sort((one, next) => byName(next) - byName(one));
    }));
    return byYear.flat();
  }

  return { readBodies, readForm, named, rowsFor, find };
})();
