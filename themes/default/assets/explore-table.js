"use strict";
/* compare/: what is shown of a choice. A table's columns are years, its rows bodies (of one figure) or figures (of one body). */

const showing = (() => {
  const { look, compare, sum, ratio, signed, minus } = exploring;
  const { say, listed, term, body: called, el } = speaking;
  const { glossed } = gongkai;
  const QUIET = { blank: () => say("blank"), not_applicable: () => "/", unreadable: () => "？", absent: () => "—", no_report: () => say("no_report") };
  const SAID = 6;

  const unit = (known, one) => glossed(known.units[one.unit]) || one.unit;
  const figureName = one => say("figure", { row: term(one.row), column: term(one.column) });

  /** One table's years: the forms in use in each (of the reports shown, else of the site), and where they change. */
  function columns(known, years, bodies) {
    const forms = years.map(year => {
      const used = [...new Set(bodies.flatMap(one => (one.reports.has(year) ? [one.reports.get(year).form] : [])))].sort();
      return listed((used.length ? used : known.years.get(year)).map(form => known.forms[form].basis));
    });
    return years.map((year, index) => ({ year, form: forms[index], boundary: index > 0 && forms[index] !== forms[index - 1] }));
  }

  /** A figure of a body in a year, with what must be said of it. `noted` gives the number of a note. */
  function cell(known, body, one, year, noted, all) {
    const found = look(known, body.reports.get(year), one.number);
    const { change, last, notes, joined } = compare(known, body.reports, one.number, year);
    const marks = notes.map(([chinese, gloss]) => noted(glossed(gloss) || chinese));
    if (found.summed && !all) marks.push(noted(say("merged", { name: term(one.row), parts: listed(one.parts) })));
    if (found.computed) marks.push(noted(say("computed")));
    const number = found.state === "number";
    const zero = number && !/[1-9]/.test(found.text);
    const text = number ? `${found.text.replace("-", "−")}${found.unit ? ` ${found.unit}` : ""}` : QUIET[found.state]();
    return { ...found, shown: text, style: number ? (zero ? "zero" : "") : "none", marks, joined, last, change: number && change !== null && !(zero && !/[1-9]/.test(change)) ? change : null };
  }

  /** `新收 107 件，比上年多 12 件（+12.6%）` for the newest of these cells that has a number, behind `name` where there is one. */
  function spoken(known, name, one, cells) {
    const newest = cells.findLast(held => held.state === "number");
    if (!newest) return "";
    const units = newest.unit || unit(known, one);
    const figure = say("now", { name: one.total ? term(one.row) : figureName(one), value: newest.text, unit: units });
    const said = say(name ? "said" : "own", { name, year: say("in_year", { year: newest.year }), figure });
    if (newest.change === null) return said;
    const down = newest.change.startsWith("-");
    const much = down ? minus(newest.change) : newest.change;
    const words = /[1-9]/.test(much) ? say(down ? "down" : "up", { much, unit: units }) : say("same");
    const share = /[1-9]/.test(much) ? ratio(newest.last, newest.change) : "";
    return say("changed", { said, change: share ? say("ratio", { said: words, ratio: share }) : words });
  }

  function head(id, corner, cols) {
    const eras = [];
    for (const one of cols) {
      if (!eras.length || one.boundary) eras.push({ text: one.form, id: `${id}f${eras.length}`, span: 0, boundary: one.boundary });
      eras.at(-1).span += 1;
      one.era = eras.at(-1).id;
    }
    const edge = one => (one.boundary ? " boundary" : "");
    return el("thead", {},
      el("tr", {}, el("th", { id: `${id}k`, scope: "col", rowSpan: 2, className: "corner" }, corner),
        ...eras.map(one => el("th", { id: one.id, scope: "colgroup", colSpan: one.span, className: `era${edge(one)}` }, one.text))),
      el("tr", {}, ...cols.map(one => el("th", { id: `${id}y${one.year}`, scope: "col", className: `figure${edge(one)}`, data: { headers: one.era } }, String(one.year)))));
  }

  function line(id, place, cols, { label, cells, total }) {
    const own = `${id}r${place}`;
    return el("tr", { className: total ? "total" : "" }, el("th", { id: own, scope: "row" }, ...label), ...cells.map((held, index) => {
      const one = cols[index];
      const marks = held.marks.map(number => el("sup", {}, el("a", { href: `#${id}n${number}`, data: { "aria-label": say("note", { number }) } }, String(number))));
      const change = held.change === null ? [] : [el("span", { className: "change" }, signed(held.change))];
      const style = ["figure", held.style, one.boundary ? "boundary" : ""].filter(Boolean).join(" ");
      return el("td", { className: style, data: { headers: `${own} ${one.era} ${id}y${one.year}` } }, held.shown, ...marks, ...change);
    }));
  }

  function framed(id, caption, corner, cols, rows, below) {
    const region = { role: "region", "aria-labelledby": `${id}-caption`, tabindex: "0" };
    const lines = (list, first) => list.map((row, index) => line(id, first + index, cols, row));
    return [el("p", { className: "hint" }, say("hint")), el("div", { className: "scroll wide", data: region },
      el("table", { className: "compare" }, el("caption", { id: `${id}-caption`, className: "known" }, caption), head(id, corner, cols),
        el("tbody", {}, ...lines(rows, 0)), ...(below.length ? [el("tfoot", {}, ...lines(below, rows.length))] : [])))];
  }

  const within = (body, other, year) => Boolean(body.reports.get(year)?.within.includes(other.slug));

  /** Whether the report of a government among the bodies may hold what another one of them reports, and nobody says so. */
  function open(bodies, years) {
    const alike = (one, other) => one.kind === other.kind && one.level === other.level;
    return bodies.some(one => one.kind === "government" && bodies.some(other => other !== one && other.kind !== "vertical" && !alike(one, other) &&
      years.some(year => one.reports.has(year) && other.reports.has(year) && !within(other, one, year) && !within(one, other, year))));
  }

  /** How many bodies have a number in each year, and the sum where numbers may be added up, without those that another one contains. */
  function sums(one, cols, bodies, rows, noted) {
    const plain = (shown, marks = []) => ({ shown, style: "", marks, change: null });
    const held = cols.map((_, index) => bodies.flatMap((body, place) => {
      const found = rows[place].cells[index];
      return found.state === "number" ? [{ body, text: found.text }] : [];
    }));
    const below = [{ label: [say("coverage")], total: true, cells: held.map(found => plain(`${found.length}/${bodies.length}`)) }];
    if (one.additive && one.unit) below.push({ label: [say("sum")], total: true, cells: cols.map(({ year }, index) => {
      const inside = held[index].filter(({ body }) => bodies.some(other => within(body, other, year)));
      const texts = held[index].filter(found => !inside.includes(found)).map(({ text }) => text);
      return plain(texts.length ? sum(texts) : "—", inside.length ? [noted(say("within", { names: listed(inside.map(({ body }) => called(body))) }))] : []);
    }) });
    return below;
  }

  /** A section with heading, sentences, chart, table and notes. `series` are the lines of the chart. */
  function section(id, { heading, quiet, sentences, remarks, cols, corner, caption, rows, below, notes }) {
    const lines = rows.map(row => ({ name: row.name, points: row.cells.map((one, index) => ({ one, next: index > 0 && cols[index - 1].year === one.year - 1 })).filter(({ one }) => one.state === "number")
        .map(({ one, next }) => ({ year: one.year, value: one.text, joined: one.joined && next })) }))
      .filter(one => one.points.length);
    const years = cols.map(one => one.year);
    const same = new Set(rows.flatMap(row => row.cells.filter(one => one.state === "number").map(one => `${row.unit}${one.unit}`))).size <= 1;
    const drawn = years.length > 1 && lines.length > 0;
    const chart = drawn && same && lines.length <= charting.MOST ? [charting.chart({
      id, years, series: lines,
      boundaries: cols.filter(one => one.boundary).map(one => one.year) })] : [];
    const without = drawn && !chart.length ? [say(same ? "many" : "units", { count: charting.MOST })] : [];
    const words = [...without, ...remarks].map(text => el("p", { className: "legend" }, text));
    return el("section", { data: { "aria-labelledby": id } },
      el("h2", { id }, heading, " ", el("span", { className: "quiet" }, quiet)),
      ...(sentences.length ? [el("ul", { className: "sentences" }, ...sentences.map(text => el("li", {}, text)))] : []),
      ...chart, ...words, ...framed(id, caption, corner, cols, rows, below),
      ...(notes.length ? [el("ol", { className: "footnotes" }, ...notes.map((text, index) => el("li", { id: `${id}n${index + 1}` }, text)))] : []));
  }

  /** Numbers for notes, in the order they are needed. */
  function noting() {
    const notes = [];
    return [notes, text => (notes.includes(text) || notes.push(text), notes.indexOf(text) + 1)];
  }

  const summed = (known, one, bodies) => bodies.every(body => [...body.reports.values()].every(report => known.forms[report.form].ways[one.number] !== "1"));
  const allParts = one => say("merged_all", { name: term(one.row), parts: listed(one.parts) });

  /** Of one figure: bodies down, years across. */
  function ofFigure(known, id, one, bodies, years, link) {
    const cols = columns(known, years, bodies);
    const [notes, noted] = noting();
    const all = one.parts.length > 0 && summed(known, one, bodies);
    const rows = bodies.map(body => {
      const cells = years.map(year => ({ ...cell(known, body, one, year, noted, all), year }));
      const former = [...new Set(years.map(year => body.reports.get(year)?.name).filter(name => name && name !== body.names[0]))];
      const label = [link(body), ...(former.length ? [" ", el("span", { className: "quiet" }, say("formerly", { names: listed(former) }))] : [])];
      return { name: called(body), label, cells, unit: one.unit };
    });
    const several = bodies.length > 1;
    const name = figureName(one);
    const units = unit(known, one);
    const remarks = [all ? allParts(one) : "", several && !one.additive ? say("no_sum") : "",
      several && one.additive && open(bodies, years) ? say("double") : ""].filter(Boolean);
    return { rows, section: section(id, {
      heading: name, quiet: units, remarks, cols, corner: say("body"), rows, notes,
      caption: units ? say("caption", { name, unit: units }) : say("caption_plain", { caption: name }),
      sentences: bodies.length <= SAID ? rows.map(row => spoken(known, row.name, one, row.cells)).filter(Boolean) : [],
      below: several ? sums(one, cols, bodies, rows, noted) : [] }) };
  }

  /** Of one body: figures down, years across. */
  function ofBody(known, id, body, figures, years, link) {
    const cols = columns(known, years, [body]);
    const [notes, noted] = noting();
    const remarks = [];
    const rows = figures.map(one => {
      const all = one.parts.length > 0 && summed(known, one, [body]);
      if (all && !remarks.includes(allParts(one))) remarks.push(allParts(one));
      const cells = years.map(year => ({ ...cell(known, body, one, year, noted, all), year }));
      const units = unit(known, one);
      const label = [figureName(one), ...(units ? [" ", el("span", { className: "quiet" }, units)] : [])];
      return { name: figureName(one), label, cells, unit: one.unit };
    });
    const name = called(body);
    return { rows, section: section(id, {
      heading: link(body), quiet: say(`kind-${body.kind}`), remarks, cols, corner: say("item"), rows, notes, caption: say("caption_plain", { caption: name }), below: [],
      sentences: figures.length <= SAID ? rows.map((row, index) => spoken(known, "", figures[index], row.cells)).filter(Boolean) : [] }) };
  }

  return { ofFigure, ofBody, figureName };
})();
