// Chinese texts that the page does not say are Chinese: a screen reader would spell them in the page's language. The page's title and the
// choices of a list hold no markup, so that words of two languages in one of these cannot be told apart.
() => {
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, said = walker.currentNode.data.trim();
    if (/^(SCRIPT|STYLE|TEMPLATE|OPTION)$/i.test(node.tagName) || node.parentElement === document.head || !/\p{Script=Han}{2}/u.test(said)) continue;
    if (!node.closest("[lang]")?.lang.startsWith("zh")) found.push(`${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""} “${said.slice(0, 16)}”`);
  }
  return [...new Set(found)];
}
