"use strict";
/* compare/: lines over years. Series are told apart by mark, dashes and a list under the picture, not by colour alone; the table behind it
   says the same in numbers. Only attributes, no inline style: a strict policy refuses that. */

const charting = (() => {
  const { say, el } = speaking;
  const MOST = 6;
  const WIDTH = 640;
  const HEIGHT = 260;
  const TOP = 44;
  const DIGIT = 13;

  function draw(tag, attributes, ...children) {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  /** The mark of a series around a point. */
  const MARKS = [
    (x, y) => `M${x - 6} ${y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z`,
    (x, y) => `M${x - 6} ${y - 6}h12v12h-12z`,
    (x, y) => `M${x} ${y - 8}l8 14h-16z`,
    (x, y) => `M${x} ${y - 9}l9 9l-9 9l-9 -9z`,
    (x, y) => `M${x - 6} ${y - 6}l12 12m0 -12l-12 12`,
    (x, y) => `M${x - 8} ${y}h16m-8 -8v16`,
  ];

  /** Round numbers from the lowest (0, or below it) to the highest, in at most five steps of 1, 2 or 5 and noughts. */
  function scale(low, high) {
    const span = Math.max(high - low, 1);
    let step = 1;
    for (let power = 1; step * 4 < span; power *= 10) step = [power, 2 * power, 5 * power].find(one => one * 4 >= span) ?? 10 * power;
    const first = Math.floor(low / step) * step;
    return Array.from({ length: Math.max(Math.ceil((high - first) / step), 1) + 1 }, (_, index) => first + index * step);
  }

  /** `id` is that of the heading; `series`: name and points (year, value, whether the line comes to it from the year before); `boundaries`: years before which the form changes. */
  function chart({ id, years, series, boundaries }) {
    const values = series.flatMap(one => one.points.map(point => Number(point.value)));
    const numbers = scale(Math.min(0, ...values), Math.max(0, ...values));
    const left = Math.max(...numbers.map(one => String(one).length)) * DIGIT + 14;
    const across = year => Math.round(left + (WIDTH - left) * (years.indexOf(year) + 0.5) / years.length);
    const up = value => Math.round(TOP + HEIGHT - HEIGHT * (value - numbers[0]) / (numbers.at(-1) - numbers[0]));
    const words = (x, y, text, role, anchor = "middle") => draw("text", { x, y, class: `${role} ${anchor}` }, text);
    const svg = draw("svg", { class: "plot lines", role: "img", viewBox: `0 0 ${WIDTH} ${TOP + HEIGHT + 36}`, "aria-labelledby": id, "aria-describedby": `${id}-desc` },
      draw("desc", { id: `${id}-desc` }, say("chart_desc")));
    for (const one of numbers) {
      svg.append(draw("path", { class: one ? "scale" : "axis", d: `M${left} ${up(one)}H${WIDTH}` }), words(left - 10, up(one) + 8, String(one), "scale", "end"));
    }
    const step = Math.ceil((years.length * (DIGIT * 4 + 22)) / (WIDTH - left));
    years.forEach((year, index) => (years.length - 1 - index) % step || svg.append(words(across(year), TOP + HEIGHT + 30, String(year), "year")));
    boundaries.forEach((year, index) => {
      const x = Math.round(across(year) - (WIDTH - left) / years.length / 2);
      svg.append(draw("path", { class: "boundary", d: `M${x} 4V${TOP + HEIGHT}` }));
      if (!index) svg.append(x > WIDTH / 2 ? words(x - 8, 22, say("form"), "boundary", "end") : words(x + 8, 22, say("form"), "boundary", "start"));
    });
    series.forEach((one, number) => svg.append(line(one, number, across, up), ...(series.length > 1 ? [] : one.points.map(point => (
      words(across(point.year), up(Number(point.value)) - 14, point.value, "value"))))));
    return el("figure", { className: "chart" }, svg, ...(series.length > 1 ? [key(series)] : []));
  }

  /** A series: its line, broken where a point is not joined to the one before, and its marks. */
  function line({ points }, number, across, up) {
    const way = points.map(({ year, value, joined }, index) => `${index && joined ? "L" : "M"}${across(year)} ${up(Number(value))}`).join("");
    return draw("g", { class: `line-${number}` }, draw("path", { class: "way", d: way || "M0 0" }),
      ...points.map(({ year, value }) => draw("path", { class: "mark", d: MARKS[number](across(year), up(Number(value))) })));
  }

  const key = series => el("ul", { className: "key" }, ...series.map((one, number) => el("li", {},
    draw("svg", { class: "plot swatch", viewBox: "0 0 48 24", "aria-hidden": "true" },
      draw("g", { class: `line-${number}` }, draw("path", { class: "way", d: "M0 12H48" }), draw("path", { class: "mark", d: MARKS[number](24, 12) }))),
    el("span", {}, one.name))));

  return { chart, MOST };
})();
