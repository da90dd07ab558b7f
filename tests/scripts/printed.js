// Puts an open page into its print style, as this engine has read it, and says what is wrong on paper: parts for the screen that stay,
// parts that vanish. (Not every driver can ask its engine to print.)
() => {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) if (rule.media?.mediaText === "print") rule.media.mediaText = "all";
  }
  const found = [];
  const name = (node) => `${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""}`;
  const seen = (node) => node.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && node.getBoundingClientRect().height > 0;
  for (const node of document.querySelectorAll(".masthead .tools, .masthead nav, .crumbs, .skip, .hint")) {
    if (seen(node)) found.push(`on paper: ${name(node)}`);
  }
  for (const node of document.querySelectorAll("h1, main p:not(.hint), main table")) {
    const hidden = node.closest("details:not([open]), [hidden], .known, .contents, .actions, .neighbours, form");
    if (!hidden && !seen(node)) found.push(`not on paper: ${name(node)} “${node.textContent.trim().slice(0, 16)}”`);
  }
  for (const node of document.querySelectorAll(".scroll")) {
    if (getComputedStyle(node).overflowX !== "visible") found.push(`scrolls on paper: ${name(node)}`);
  }
  for (const node of document.querySelectorAll("main tr")) {
    if (getComputedStyle(node).breakInside !== "avoid") found.push(`may be torn over two sheets: ${name(node)}`);
  }
  for (const node of document.querySelectorAll(".chart details table")) {
    if (!seen(node)) found.push("folded on paper: the figures of a chart");
  }
  return [...new Set(found)];
}
