"use strict";
/* The page search/: reads what is asked for from its address, finds it in the index, and lists it. Everything is put in as text, never
   as markup. Every sentence comes from the page, which knows its language. */

(async () => {
  const { load, fold, lang, nodes, behind, places, Stale } = gongkai;
  const { readBodies, readForm, named, rowsFor, find } = finding;
  const page = document.getElementById("search");
  const form = page.querySelector("form");
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  const home = new URL(page.dataset.home, document.baseURI);
  const asked = new URLSearchParams(location.search);
  const said = document.getElementById("search-say").content.querySelectorAll("[data-key]");
  const sentences = new Map(Array.from(said, one => [one.dataset.key, one.textContent]));
  const say = (key, values = {}) => sentences.get(key).replace(/\{(\w+)\}/g, (_, name) => values[name]).trim();
  const AT_ONCE = { bodies: 5, rows: 5, figures: 10, texts: 20, pages: 10 };

  function el(tag, properties, ...children) {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children.flatMap(child => (typeof child === "string" ? nodes(child) : [child])));
    return node;
  }

  /** A body's name; on a page in another language behind its name there. */
  const called = body => behind(body.gloss, body.names[0]);

  /** A text as nodes, the words marked. */
  function marked(text, words) {
    const nodes = [];
    let at = 0;
    for (const [start, end] of places(text, words)) {
      nodes.push(text.slice(at, start), el("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...nodes, text.slice(at)];
  }

  const link = (path, ...children) => el("a", { href: new URL(path, home) }, ...children);
  const to = ({ body, year }, anchor) => `agencies/${body.slug}/${year}/index.html${anchor ? "#" + anchor : ""}`;
  const textOf = ({ body, year }) => load(`text/${body.slug}/${year}`);

  /** Items as a list, so many at once, with a button for more. `draw` may answer null: not a hit after all. */
  async function list(items, size, draw, name, told = () => {}) {
    const ol = el("ol", {});
    const button = el("button", { type: "button", hidden: true, textContent: say("more") });
    button.setAttribute("aria-label", say("more_of", { name }));
    let next = 0;
    async function more(wanted) {
      const fresh = [];
      while (fresh.length < wanted && next < items.length) {
        const batch = items.slice(next, next + wanted - fresh.length);
        next += batch.length;
        fresh.push(...(await Promise.all(batch.map(draw))).filter(Boolean));
      }
      ol.append(...fresh);
      button.hidden = next >= items.length;
      told(ol.childElementCount, next);
      return fresh[0];
    }
    button.onclick = async () => (await more(size.step ?? size))?.querySelector("a")?.focus();
    await more(size.first ?? size);
    return [ol, button];
  }

  async function section(key, items, draw, size = AT_ONCE[key], told) {
    if (!items.length) return null;
    const heading = el("h2", { id: `search-${key}`, textContent: say(key, { count: items.length }) });
    const follow = (shown, looked) => told?.(heading, shown, looked);
    const node = el("section", { className: `found ${key}` }, heading, ...(await list(items, size, draw, heading.textContent, follow)));
    node.setAttribute("aria-labelledby", heading.id);
    return node;
  }

  const drawBody = words => body => {
    const years = el("ul", { className: "chips small" }, ...[...body.years].reverse().map(year => el("li", {}, link(to({ body, year }), String(year)))));
    const item = el("li", {}, el("h3", {}, link(`agencies/${body.slug}/index.html`, ...marked(called(body), words))), say(`kind-${body.kind}`));
    if (body.names.length > 1) item.append(el("p", {}, ...marked(say("formerly", { names: body.names.slice(1).join("、") }), words)));
    item.append(years);
    return item;
  };

  /** The figures of an entry in a report. Of many, those that are not 0. */
  function figures(text, names, { entry, cells }) {
    const figure = ([cell]) => text.figures[cell] ?? "0";
    const shown = entry.kind === "row" ? cells : cells.filter(cell => figure(cell) !== "0");
    const spoken = shown.slice(0, 8).map(cell => {
      const { name, unit } = names[cell[1]];
      const value = figure(cell);
      return say("figure", { name, figure: value || say("blank"), unit: /^-?[\d.]+$/.test(value) ? unit : "" });
    });
    return cells.length && !shown.length ? say("all_zero") : spoken.join(" · ") + (shown.length > 8 ? " …" : "");
  }

  const drawRow = (words, forms, several) => async row => {
    const draw = async report => {
      const text = await textOf(report);
      const found = row.forms.get(report.form);
      const name = marked(say("report", { name: text.name, year: report.year }), words);
      return el("li", {}, link(to(report, found.entry.anchor), ...name), " ", el("span", { className: "figures" }, figures(text, forms[report.form].names, found)));
    };
    return el("li", {}, el("h3", {}, ...marked(row.label, words)),
      el("p", { className: "quiet" }, ...marked(row.context, words), " ", say("in_reports", { count: row.reports.length })),
      ...(await list(row.reports, { first: several ? 3 : AT_ONCE.figures, step: AT_ONCE.figures }, draw, row.label)));
  };

  /** The part of a passage around a word, within its paragraph: the first of `first` that it has, else of `words`. */
  function snippet(text, words, first = []) {
    const [start] = places(text, first)[0] ?? places(text, words)[0];
    const opens = text.lastIndexOf("\n", start) + 1;
    const closes = text.indexOf("\n", start) < 0 ? text.length : text.indexOf("\n", start);
    const letters = Array.from(text.slice(opens, start));
    const before = letters.slice(-40).join("");
    const after = Array.from(text.slice(start, closes));
    return [letters.length > 40 ? "…" : "", ...marked(before + after.slice(0, 100).join(""), words), after.length > 100 ? "…" : ""];
  }

  const drawText = ({ words, rest, holds }, forms) => async report => {
    const text = await textOf(report);
    const folded = text.passages.map(([, passage]) => fold(passage));
    if (!words.every(word => holds(report, word) || folded.some(passage => passage.includes(word)))) return null;
    const name = marked(say("report", { name: text.name, year: report.year }), words);
    const item = el("li", {}, el("h3", {}, link(to(report), ...name)));
    const { headings, names } = forms[report.form];
    for (const [id, passage] of text.passages.filter((_, index) => words.some(word => folded[index].includes(word))).slice(0, 4)) {
      const { heading, anchor } = headings.get(id) ?? { heading: say("top"), anchor: "" };
      item.append(el("p", {}, link(to(report, anchor), heading), " ", ...snippet(passage, words, rest)));
    }
    for (const word of rest.filter(one => holds(report, one) && !folded.some(passage => passage.includes(one)))) {
      for (const row of rowsFor([forms[report.form]], [word]).slice(0, 2)) {
        item.append(el("p", {}, link(to(report, row.anchor), ...marked(row.label, words)), " ", figures(text, names, row.forms.get(0))));
      }
    }
    return item;
  };

  function drawPage(words, language) {
    return ([path, titles, text]) => {
      const [way, anchor] = path.split("#");
      const item = el("li", {}, el("h3", {}, link(`${way}index.html${anchor ? "#" + anchor : ""}`, ...marked(titles[language] ?? titles.zh, words))));
      if (places(text, words).length) item.append(el("p", {}, ...snippet(text, words)));
      return item;
    };
  }

  /** Ways to narrow what was found, with how many reports each leaves. */
  function facets({ rows, texts }) {
    const reports = [...new Set([...rows.flatMap(row => row.reports), ...texts])];
    const nav = document.getElementById("search-facets");
    const way = (key, value, words) => {
      const next = new URLSearchParams(asked);
      next.delete("shown");
      if (value) next.set(key, value); else next.delete(key);
      return el("li", {}, el("a", { href: "?" + next }, words));
    };
    const offer = (key, title, every, counted, words) => {
      const counts = new Map();
      for (const report of reports) counts.set(counted(report), (counts.get(counted(report)) ?? 0) + 1);
      const ways = [...counts].sort((one, next) => (key === "year" ? next[0] - one[0] : next[1] - one[1])).slice(0, 12);
      const items = asked.get(key) ? [way(key, "", say(every))] : counts.size > 1 ? ways.map(([value, count]) => way(key, value, `${words(value)}（${count}）`)) : [];
      if (items.length) nav.append(el("h2", { textContent: say(title) }), el("ul", { className: "chips small" }, ...items));
    };
    const names = new Map(reports.map(({ body }) => [body.slug, body.names[0]]));
    offer("year", "by_year", "every_year", report => report.year, year => say("year", { year }));
    offer("body", "by_body", "every_body", report => report.body.slug, slug => names.get(slug));
    nav.hidden = !nav.childElementCount;
  }

  async function run() {
    const index = readBodies(await load("bodies"));
    fields(index.bodies);
    if (!["q", "year", "body"].some(key => asked.get(key)?.trim())) {
      document.getElementById("search-help").hidden = false;
      return;
    }
    status.textContent = say("busy");
    const [forms, pages] = await Promise.all([load("forms"), load("pages")]);
    const read = forms.map(readForm);
    const found = await find(asked, index, read);
    const { words } = found;
    const plain = !asked.get("year") && !asked.get("body") && words.length;
    const own = plain ? pages.filter(([, titles, text]) => words.every(word => [...Object.values(titles), text].some(one => fold(one).includes(word)))) : [];
    // A word of two characters is a bigram: what the index says of it is certain. Of longer ones it says where they may be.
    const certain = found.texts.every(report => words.every(word => found.holds(report, word) || Array.from(word).length === 2));
    const told = (heading, shown, looked) => {
      const count = found.texts.length - (looked - shown);
      heading.textContent = say(certain || looked === found.texts.length ? "texts" : "at_most", { count });
      if (shown > AT_ONCE.texts) keep(shown);
      if (heading.isConnected) sum(shown < count ? shown : 0); // not while the other lists are still being drawn
    };
    const first = Math.max(AT_ONCE.texts, Number(asked.get("shown")) || 0);
    const sections = await Promise.all([
      section("bodies", found.bodies, drawBody(words)),
      section("rows", found.rows, drawRow(words, read, found.rows.length > 2)),
      section("texts", found.texts, drawText(found, read), { first, step: AT_ONCE.texts }, told),
      section("pages", own, drawPage(words, lang)),
    ]);
    facets(found);
    results.append(...sections.filter(one => one?.querySelector("li")));
    if (results.childElementCount) sum(found.texts.length > first ? first : 0);
    else status.textContent = say(words.some(word => Array.from(word).length === 1) ? "short" : "nothing");
  }

  /** Say what was found: the headings, and how many reports are listed where there are more. */
  function sum(shown) {
    const parts = Array.from(results.querySelectorAll("h2"), heading => heading.textContent).join(" · ");
    if (parts) status.textContent = [say("found", { parts }), shown ? say("listed", { shown }) : ""].join(" ");
  }

  /** The number of hits on the page, in its address: who comes back from a hit finds the page as it was. */
  function keep(shown) {
    asked.set("shown", shown);
    try { history.replaceState(null, "", "?" + asked); } catch { /* a browser may not let a page from a disk do that */ }
  }

  function fields(bodies) {
    const { q, year, body } = form.elements;
    const slug = bodies.find(one => one.slug === asked.get("body"));
    q.value = asked.get("q") ?? "";
    year.value = asked.get("year") ?? "";
    body.value = slug ? slug.names[0] : asked.get("body") ?? "";
    const options = document.getElementById("search-bodies");
    body.oninput = () => {
      const word = fold(body.value);
      const near = bodies.filter(one => named(one, word)).slice(0, 50);
      options.replaceChildren(...near.map(one => el("option", { value: one.names[0], label: one.names.join("、") })));
    };
    form.hidden = false;
  }

  try {
    await run();
  } catch (error) {
    form.hidden = false;
    status.textContent = say(error instanceof Stale ? "stale" : "failed");
    throw error;
  }
})();
