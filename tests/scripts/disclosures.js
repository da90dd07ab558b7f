// Every `summary` in view: that the engine draws no marker of its own beside the one of the style sheet. One fault a line.
() => {
  const found = [];
  const words = (node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest(".known")) return walker.currentNode;
    }
    return null;
  };
  for (const summary of document.querySelectorAll("summary")) {
    const text = words(summary);
    if (!summary.checkVisibility() || !text) continue;
    const style = getComputedStyle(summary), arrow = getComputedStyle(summary, "::before");
    const range = document.createRange();
    range.selectNodeContents(text);
    const sizes = [style.borderLeftWidth, style.paddingLeft];
    if (arrow.content !== "none") sizes.push(arrow.width, arrow.marginLeft, arrow.marginRight);
    const wanted = sizes.reduce((sum, size) => sum + parseFloat(size), summary.getBoundingClientRect().left);
    const off = range.getClientRects()[0].left - wanted;
    const name = `summary “${text.data.trim().slice(0, 16)}”`;
    if (style.listStyleType !== "none") found.push(`${name}: its marker is ${style.listStyleType}`);
    if (Math.abs(off) > 2) found.push(`${name}: its words begin ${Math.round(off)} px beside their place`);
  }
  return found;
}
