// The tables of an open page that are wider than their place: can the keyboard scroll them, have they a name, and do their heads stay?
// Faults, and the number of the first region that scrolls (-1: none).
() => {
  const found = [];
  const name = (node) => `${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""} “${node.textContent.trim().slice(0, 16)}”`;
  const regions = [...document.querySelectorAll(".scroll")];
  let first = -1;
  for (const [number, region] of regions.entries()) {
    if (!region.checkVisibility() || region.scrollWidth <= region.clientWidth) continue;
    if (first < 0) first = number;
    if (region.tabIndex !== 0) found.push(`${name(region)}: no stop for the keyboard`);
    if (!region.getAttribute("aria-label") && !document.getElementById(region.getAttribute("aria-labelledby"))) found.push(`${name(region)}: no name`);
    region.scrollLeft = 60;
    const left = region.getBoundingClientRect().left;
    for (const head of region.querySelectorAll("th")) {
      const style = getComputedStyle(head);
      if (style.position !== "sticky" || style.left === "auto") continue;
      const off = head.getBoundingClientRect().left - left - parseFloat(style.left);
      // A head that stands further right than its place has not yet come up to it.
      if (off < -2) found.push(`${name(head)}: has gone ${Math.round(-off)} px out of view`);
    }
    region.scrollLeft = 0;
  }
  for (const head of document.querySelectorAll(".scroll.fits thead")) {
    const table = head.closest("table");
    if (!table.checkVisibility() || table.offsetHeight < innerHeight) continue;
    table.rows[table.rows.length - 1].scrollIntoView({ block: "center", behavior: "instant" });
    const { top } = head.getBoundingClientRect();
    if (top < -1 || top > 5) found.push(`${name(head)}: stands at ${Math.round(top)} px and not at the top`);
  }
  scrollTo({ top: 0, behavior: "instant" });
  return [found, first];
}
