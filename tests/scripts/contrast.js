// Texts that are too pale for their ground, and fields whose edge is not seen. `least` is the ratio asked of small text (4.5 or 7).
(least) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  // The page stands still meanwhile: what is known of an element holds for everything in it.
  const once = (work) => {
    const known = new Map();
    return (node) => known.get(node) ?? known.set(node, work(node)).get(node);
  };
  const known = new Map();
  const colour = (said) => { // any notation of CSS, as the browser draws it
    if (!known.has(said)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = said;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(said, [r, g, b, a / 255]);
    }
    return known.get(said);
  };
  const over = ([r, g, b, a], under) => [...[r, g, b].map((part, i) => part * a + under[i] * (1 - a)), 1];
  const light = (part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
  const ratio = (one, other) => {
    const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  // What the text stands on: its own elements' grounds; inside a drawing also a bar under it.
  const ground = once((node) => {
    if (!node) return colour("Canvas");
    const own = colour(getComputedStyle(node).backgroundColor);
    return own[3] === 1 ? own : over(own, ground(node.parentElement));
  });
  const beneath = (node) => {
    const drawing = node.closest("svg");
    if (!drawing) return ground(node);
    const box = node.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    const bars = [...drawing.querySelectorAll("rect")].filter((bar) => {
      const one = bar.getBoundingClientRect();
      return node.compareDocumentPosition(bar) & 2 && one.left <= x && x <= one.right && one.top <= y && y <= one.bottom;
    });
    const fills = bars.map((bar) => getComputedStyle(bar)).filter(({ fill }) => fill !== "none" && !fill.startsWith("url"));
    return fills.length ? over(colour(fills.at(-1).fill), ground(drawing)) : ground(drawing);
  };
  const hidden = once((node) => { // said to a screen reader only, or inside of what is
    if (!node) return false;
    const { clipPath, position, width } = getComputedStyle(node);
    return clipPath.startsWith("inset(50%") || (position === "absolute" && width === "1px") || hidden(node.parentElement);
  });
  const shown = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !hidden(node);
  const opacity = once((node) => (node ? Number(getComputedStyle(node).opacity) * opacity(node.parentElement) : 1));
  const name = (node) => `${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""}`;
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, said = walker.currentNode.data.trim();
    if (!said || /^(SCRIPT|STYLE|TEMPLATE|TITLE|DESC|NOSCRIPT|OPTION)$/i.test(node.tagName) || !shown(node)) continue;
    if (node.closest(":disabled, [aria-disabled=true]")) continue;
    const style = getComputedStyle(node), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const wanted = large ? (least > 4.5 ? 4.5 : 3) : least;
    const under = beneath(node);
    const [r, g, b, a] = colour(node instanceof SVGElement ? style.fill : style.color);
    const reached = ratio(over([r, g, b, a * opacity(node)], under), under);
    if (reached + 0.01 < wanted) found.push(`${name(node)} “${said.slice(0, 16)}”: ${reached.toFixed(2)} of ${wanted}`);
  }
  for (const field of document.querySelectorAll("input:not([type=hidden],[type=submit],[type=button]), select, textarea")) {
    if (!shown(field) || field.disabled) continue;
    const style = getComputedStyle(field), around = ground(field.parentElement);
    const edge = parseFloat(style.borderBottomWidth) ? ratio(over(colour(style.borderBottomColor), around), around) : 1;
    if (Math.max(edge, ratio(ground(field), around)) + 0.01 < 3 && style.appearance === "none") found.push(`${name(field)}: edge ${edge.toFixed(2)} of 3`);
    else if (parseFloat(style.borderBottomWidth) && edge + 0.01 < 3 && ratio(ground(field), around) < 3) found.push(`${name(field)}: edge ${edge.toFixed(2)} of 3`);
  }
  return [...new Set(found)];
}
