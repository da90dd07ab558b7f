// The places of everything on the page that a keyboard must reach, as numbers in document order.
() => {
  const all = [...document.querySelectorAll("*")];
  const reachable = (node) => {
    if (node.tabIndex < 0 || node.disabled || node.closest("[inert]") || !node.checkVisibility({ visibilityProperty: true })) return false;
    if (node.type === "radio") return node.checked || ![...document.getElementsByName(node.name)].some((one) => one.checked);
    return node.matches("a[href], button, input, select, textarea, iframe, audio[controls], video[controls], [contenteditable], [tabindex], summary:first-of-type");
  };
  return all.flatMap((node, number) => (reachable(node) ? [number] : []));
}
