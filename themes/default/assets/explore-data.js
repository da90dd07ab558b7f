"use strict";
/* compare/: figures as values. Which figures compare, and with what note, is worked out by generator/derive/explore/; here numbers are
   only looked up, subtracted and added, exactly, as they are written. */

const exploring = (() => {
  class Stale extends Error {}

  /** figures.js as values. A figure's number is its place in `figures`. */
  function readFigures({ stamp, tables, rows, columns, figures, forms, years, pairs, notes, headline, units }) {
    const term = ([label, name, gloss]) => ({ label, name, gloss });
    const read = rows.map(([id, table, row, above]) => ({ id, table: term(tables[table]), ...term(row), above: above.map(term) }));
    return {
      stamp, notes, headline, units,
      tables: tables.map(term),
      figures: figures.map(([key, row, column, total, unit, additive, difference, parts], number) => (
        { number, key, row: read[row], column: term(columns[column]), total: Boolean(total), unit, additive: Boolean(additive), difference: Boolean(difference), parts })),
      forms: forms.map(([id, basis, ways]) => ({ id, basis, ways })),
      years: new Map(years),
      pairs: new Map(pairs.map(([before, after, refused, noted]) => [`${before}/${after}`, { refused: new Set(refused), noted: new Map(noted) }])),
    };
  }

  const readDirectory = bodies => bodies.map(([slug, names, gloss, kind, level, above, former], place) => (
    { slug, names, gloss, kind, level, above, former, place }));

  /** A body's shard as values: year → its report. One that numbers figures otherwise must not be read. */
  function readBody([stamp, reports], known) {
    if (stamp !== known.stamp) throw new Stale();
    return new Map(reports.map(([year, form, name, figures, within = []]) => [year, { year, form, name, figures, within }]));
  }

  /** What a report says of a figure: its state, for a number the digits, how it came about. */
  function look(known, report, number) {
    if (!report) return { state: "no_report", text: "" };
    const way = known.forms[report.form].ways[number];
    if (way === "0") return { state: "absent", text: "" };
    const said = report.figures[number] ?? "0";
    const state = { "": "blank", "/": "not_applicable", "?": "unreadable", "…": "not_printed" }[said];
    if (state) return { state, text: "", summed: way === "2" };
    const [, computed, text, unit] = said.match(/^(=?)(-?[\d.]+)(?: (.+))?$/);
    return { state: "number", text, unit: unit ?? "", computed: Boolean(computed), summed: way === "2" };
  }

  // Numbers as they are written, without the rounding of binary fractions.
  const places = texts => Math.max(...texts.map(text => text.split(".")[1]?.length ?? 0));
  const whole = (text, digits) => BigInt(text.split(".")[0] + (text.split(".")[1] ?? "").padEnd(digits, "0"));
  function written(value, digits) {
    const size = String(value < 0n ? -value : value).padStart(digits + 1, "0");
    return (value < 0n ? "-" : "") + (digits ? `${size.slice(0, -digits)}.${size.slice(-digits)}` : size);
  }
  function sum(texts) {
    const digits = places(texts);
    return written(texts.reduce((all, text) => all + whole(text, digits), 0n), digits);
  }
  const minus = text => (text.startsWith("-") ? text.slice(1) : /[1-9]/.test(text) ? `-${text}` : text);

  /** A year's figure against that of the year before: the difference (null where there is none or it says nothing), and the notes. */
  function compare(known, reports, number, year) {
    const [before, after] = [reports.get(year - 1), reports.get(year)];
    const nothing = { change: null, notes: [], joined: false };
    if (!before || !after) return nothing;
    const pair = known.pairs.get(`${[before.form, year - 1]}/${[after.form, year]}`);
    if (!pair || pair.refused.has(number)) return nothing;
    const notes = (pair.noted.get(number) ?? []).map(one => known.notes[one]);
    const [last, now] = [look(known, before, number), look(known, after, number)];
    const numbers = last.state === "number" && now.state === "number" && last.unit === now.unit;
    return {
      change: numbers && known.figures[number].difference ? sum([now.text, minus(last.text)]) : null,
      last: last.text,
      notes,
      joined: numbers && before.form === after.form && !notes.length,
    };
  }

  /** `+12.6%`; empty on a base under 10, and where it would read 0.0. A tie (6.25) goes to the even digit, as on the rest of the site. */
  function ratio(last, change) {
    if (Number(last) < 10) return "";
    const share = (Number(change) / Number(last)) * 100;
    const size = Math.abs(share) - (Math.abs(share) % 1 === 0.25 ? 0.01 : 0);
    return size < 0.05 ? "" : `${share < 0 ? "−" : "+"}${size.toFixed(1)}%`;
  }

  const signed = change => (!/[1-9]/.test(change) ? "±0" : change.startsWith("-") ? `−${change.slice(1)}` : `+${change}`);

  return { Stale, readFigures, readDirectory, readBody, look, compare, sum, ratio, signed, minus };
})();

/* Words and elements: every sentence comes from the page, which knows its language; everything is put in as text, never as markup. */
const speaking = (() => {
  const said = document.getElementById("explore-say").content.querySelectorAll("[data-key]");
  const sentences = new Map(Array.from(said, one => [one.dataset.key, one.textContent]));
  const { nodes, behind } = gongkai;

  const say = (key, values = {}) => sentences.get(key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "").trim();

  const listed = items => items.join(sentences.get("separator"));

  /** A word of the law; on a page in another language behind its gloss. */
  const term = ({ name, gloss }) => behind(gloss, name);
  const label = ({ label: printed, gloss }) => behind(gloss, printed);
  const body = ({ names, gloss }) => behind(gloss, names[0]);

  function el(tag, properties, ...children) {
    const { data, ...own } = properties;
    const node = Object.assign(document.createElement(tag), own);
    for (const [name, value] of Object.entries(data ?? {})) node.setAttribute(name, value);
    node.append(...children.filter(one => one !== "").flatMap(one => (typeof one === "string" ? nodes(one) : [one])));
    return node;
  }

  return { say, listed, term, label, body, el };
})();
