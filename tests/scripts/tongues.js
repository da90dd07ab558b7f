// Chinese texts that the page does not say are Chinese: a screen reader would spell them in the page's language.
() => {
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, said = walker.currentNode.data.trim();
    if (/^(SCRIPT|STYLE|TEMPLATE)$/i.test(node.tagName) || !/\p{Script=Han}{2}/u.test(said)) continue;
    if (!node.closest("[lang]")?.lang.startsWith("zh")) found.push(`${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""} “${said.slice(0, 16)}”`);
  }
  return [...new Set(found)];
}
