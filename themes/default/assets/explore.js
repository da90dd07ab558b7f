"use strict";
/* The page compare/: what is chosen stands in its address (?b=bodies&y=years&f=figures&by=direction), is shown as tables and charts, and is
   given on as CSV. site.js settles new tables. Order is always the directory's and the form's. */

(async () => {
  const { load } = gongkai;
  const { Stale, readFigures, readDirectory, readBody, look } = exploring;
  const { say, listed, body: called, el } = speaking;
  const MOST = 200;
  const SHARED = ["agency", "agency_name", "kind", "level", "year", "form", "concept", "table", "row", "column", "value", "unit", "state", "computed"];
  const page = document.getElementById("explore");
  const status = document.getElementById("explore-status");
  const share = document.getElementById("explore-share");
  const results = document.getElementById("explore-results");
  const address = document.getElementById("explore-address");
  const home = new URL(page.dataset.home, document.baseURI);
  let known, directory, bySlug, byKey, renamed;
  let state = { b: [], y: [], f: [], by: "" };
  let unknown = [];
  let turn = 0;
  let drawn = null;
  const syncs = [];

  const link = body => el("a", { href: new URL(`agencies/${body.slug}/index.html`, home) }, called(body));

  /** What an address asks for, of what there is, in the site's own order; `unknown` is the rest. */
  function read(query) {
    const asked = new URLSearchParams(query);
    const list = key => (asked.get(key) ?? "").split(",").map(one => one.trim()).filter(Boolean);
    const b = list("b").map(slug => renamed.get(slug) ?? slug);
    unknown = [...b.filter(one => !bySlug.has(one)), ...list("y").filter(one => !known.years.has(Number(one))), ...list("f").filter(one => !byKey.has(one))];
    return ordered({ b, y: list("y").map(Number), f: list("f"), by: ["figure", "body"].includes(asked.get("by")) ? asked.get("by") : "" });
  }

  const ordered = ({ b, y, f, by }) => ({
    b: [...new Set(b)].filter(one => bySlug.has(one)).sort((one, other) => bySlug.get(one).place - bySlug.get(other).place).slice(0, MOST),
    y: [...known.years.keys()].filter(one => y.includes(one)),
    f: known.figures.map(one => one.key).filter(one => f.includes(one)),
    by,
  });

  const query = ({ b, y, f, by }) => {
    const parts = Object.entries({ b: b.join(), y: y.join(), f: f.join(), by }).filter(([, value]) => value);
    return parts.length ? `?${parts.map(pair => pair.join("=")).join("&")}` : "";
  };
  const way = () => state.by || (state.b.length === 1 ? "body" : "figure");
  const years = () => (state.y.length ? state.y : [...known.years.keys()]);
  const figures = () => (state.f.length ? state.f.map(key => byKey.get(key)) : known.headline.map(number => known.figures[number]));

  /** A change of the choice: a new entry of the browser's history, so that the way back leads to the one before. */
  function change(part) {
    state = ordered({ ...state, ...part });
    unknown = [];
    try { history.pushState(null, "", query(state) || location.pathname); } catch { /* a browser may not let a page from a disk do that */ }
    show();
  }

  async function show() {
    const own = ++turn;
    for (const sync of syncs) sync();
    for (const one of document.querySelectorAll("a.edition")) one.search = query(state);
    drawn = query(state);
    const lost = unknown.length ? say("unknown", { names: listed(unknown) }) : "";
    share.hidden = !state.b.length;
    if (!state.b.length) {
      results.replaceChildren();
      status.textContent = [lost, say("nobody")].filter(Boolean).join(" ");
      return;
    }
    address.value = new URL(query(state), location.href.split(/[?#]/)[0]).href;
    status.textContent = say("busy");
    try {
      const bodies = await Promise.all(state.b.map(async slug => ({ ...bySlug.get(slug), reports: readBody(await load(`bodies/${slug}`, known.stamp), known) })));
      if (own === turn) draw(bodies, lost);
    } catch (error) {
      if (own === turn) fail(error);
    }
  }

  function draw(bodies, lost) {
    const parts = way() === "body"
      ? bodies.map((body, index) => showing.ofBody(known, `t${index + 1}`, body, figures(), years(), link))
      : figures().map((one, index) => showing.ofFigure(known, `t${index + 1}`, one, bodies, years(), link));
    results.replaceChildren(...parts.map(one => one.section));
    settle(results);
    const cells = parts.flatMap(one => one.rows).flatMap(row => row.cells);
    const counts = { bodies: bodies.length, years: years().length, figures: figures().length, cells: cells.length, numbers: cells.filter(one => one.state === "number").length };
    const full = state.b.length === MOST ? say("most", { count: MOST }) : "";
    status.textContent = [lost, say("result", counts), full].filter(Boolean).join(" ");
    share.querySelector(".csv").onclick = () => download(lines(bodies));
  }

  /** A text that no spreadsheet takes for a formula, as in the site's own files (generator/render/table_files.py). */
  const plain = text => (/^(?:'*\s*[=+\-@＝＋－＠]|'*[\t\r\n])/.test(text) ? `'${text}` : text);
  const quoted = text => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  /** What is shown, a figure a line, in the statute's words; the same columns as the site's own files. */
  function lines(bodies) {
    const rows = figures().flatMap(one => bodies.flatMap(body => years().map(year => {
      const report = body.reports.get(year);
      const found = look(known, report, one.number);
      const words = [body.slug, report?.name ?? body.names[0], body.kind, body.level, String(year), report ? known.forms[report.form].id : "", one.key, one.row.table.label, one.row.label, one.column.label];
      const number = found.state === "number";
      const unit = ["absent", "no_report"].includes(found.state) ? "" : found.unit || one.unit;
      return [...words.map(plain), number ? found.text : "", plain(unit), found.state, number && (found.computed || found.summed) ? "true" : "false"];
    })));
    return [SHARED, ...rows].map(row => `${row.map(quoted).join(",")}\r\n`).join("");
  }

  function download(text) {
    const href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
    el("a", { href, download: "compare.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(address.value);
      status.textContent = say("copied");
    } catch {
      address.select();
      status.textContent = say("copy");
    }
  }

  function fail(error) {
    results.replaceChildren();
    status.textContent = say(error instanceof Stale ? "stale" : "failed");
    console.error(error);
  }

  function start() {
    const [bodies, ofYears, ofFigures, direction] = ["bodies", "years", "figures", "way"].map(one => document.getElementById(`choose-${one}`));
    state = read(location.search);
    syncs.push(
      choosing.bodies(bodies, directory, MOST, () => state.b, b => change({ b })),
      choosing.years(ofYears, [...known.years.keys()], () => state.y, y => change({ y })),
      choosing.figures(ofFigures, known, () => state.f, f => change({ f })),
      choosing.way(direction, way, by => change({ by })),
    );
    bodies.open = !state.b.length;
    ofYears.open = ofFigures.open = false;
    page.querySelector("form").hidden = false;
    page.querySelector("form").onsubmit = event => event.preventDefault();
    share.querySelector(".copy").onclick = copy;
    addEventListener("popstate", () => {
      const asked = read(location.search);
      if (query(asked) === drawn) return; // only the anchor changed
      state = asked;
      show();
    });
    return show();
  }

  try {
    known = readFigures(await load("figures"));
    directory = readDirectory(await load("directory"));
    bySlug = new Map(directory.map(one => [one.slug, one]));
    renamed = new Map(directory.flatMap(one => one.former.map(slug => [slug, one.slug])));
    byKey = new Map(known.figures.map(one => [one.key, one]));
    await start();
  } catch (error) {
    fail(error);
  }
})();
