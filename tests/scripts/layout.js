// What is lost on a narrow screen or with wide spacing: a page wider than the window, texts cut off or standing out of their box, and
// scroll regions whose standing heads leave no room for what moves.
async () => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame); // the page's own script has seen the new size
  const wide = document.documentElement.scrollWidth - innerWidth;
  const found = wide > 0 ? [`page: ${wide} px wider than the window`] : [];
  const name = (node) => `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ""}.${node.getAttribute("class") ?? ""}`;
  const styles = new Map();
  const style = (node) => styles.get(node) ?? styles.set(node, getComputedStyle(node)).get(node);
  const hidden = (node) => style(node).clipPath.startsWith("inset(50%") || (style(node).position === "absolute" && style(node).width === "1px");
  const waits = (node) => node.matches("a[href^='#']") && style(node).position === "absolute" && node.getBoundingClientRect().right < 0;
  const unseen = new Map(); // an element, and whether it or what it stands in is hidden or waits
  const skipped = (node) => {
    if (!node) return false;
    if (!unseen.has(node)) unseen.set(node, hidden(node) || waits(node) || skipped(node.parentElement));
    return unseen.get(node);
  };

  // Whether every part of the text can be brought into view.
  const cut = (rect, node) => {
    for (let one = node; one && one !== document.body; one = one.parentElement) {
      const { overflowX, overflowY } = style(one);
      if (overflowX === "visible" && overflowY === "visible") continue;
      if (style(one).display === "inline") continue;
      const box = one.getBoundingClientRect();
      if (/hidden|clip/.test(overflowX) && (rect.right > box.right + 1 || rect.left < box.left - 1)) return one;
      if (/hidden|clip/.test(overflowY) && ((rect.top + rect.bottom) / 2 > box.bottom || (rect.top + rect.bottom) / 2 < box.top)) return one;
      if (/auto|scroll/.test(overflowX)) return rect.left + one.scrollLeft < box.left - 1 ? one : null;
    }
    return rect.right > Math.max(innerWidth, document.documentElement.scrollWidth) + 1 || rect.left < -1 ? document.body : null;
  };
  const box = (node) => {
    let one = node;
    while (one.parentElement && (style(one).display === "inline" || style(one).display === "contents")) one = one.parentElement;
    return one;
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, said = walker.currentNode.data.trim();
    if (!said || node.closest("svg, option, template, script, noscript") || !node.checkVisibility({ visibilityProperty: true })) continue;
    if (skipped(node)) continue;
    range.selectNodeContents(walker.currentNode);
    const around = box(node), edge = around.getBoundingClientRect();
    const slack = Math.max(2, parseFloat(style(node).fontSize) * 0.2); // a glyph's own box is larger than a tight line
    for (const rect of range.getClientRects()) {
      if (!rect.width) continue;
      const lost = cut(rect, node);
      if (lost) found.push(`${name(node)} “${said.slice(0, 16)}” is cut off by ${name(lost)}`);
      const scrolls = /auto|scroll/.test(style(around).overflowX);
      if (!scrolls && style(around).position !== "absolute" && (rect.right > edge.right + slack || rect.left < edge.left - slack))
        found.push(`${name(node)} “${said.slice(0, 16)}” stands ${Math.round(Math.max(rect.right - edge.right, edge.left - rect.left))} px out of ${name(around)}`);
    }
  }
  for (const region of document.querySelectorAll("*")) {
    if (!/auto|scroll/.test(style(region).overflowX) || region.scrollWidth <= region.clientWidth + 1) continue;
    if (region.tabIndex < 0) found.push(`${name(region)}: scrolls, and a keyboard cannot`);
    for (const row of region.querySelectorAll("tr")) {
      const standing = [...row.cells].filter((cell) => style(cell).position === "sticky" && style(cell).left !== "auto");
      const taken = standing.reduce((sum, cell) => sum + cell.getBoundingClientRect().width, 0);
      if (row.cells.length > standing.length && region.clientWidth - taken < 80) found.push(`${name(region)}: heads leave ${Math.round(region.clientWidth - taken)} px`);
    }
  }
  return [...new Set(found)];
}
