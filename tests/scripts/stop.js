// Where the keyboard is now: its number in document order (-1: it left the page), what it is called, and everything wrong with it.
() => {
  const node = document.activeElement;
  if (!node || node === document.body || node === document.documentElement) return { number: -1, text: "", faults: [] };
  const style = getComputedStyle(node), faults = [];
  const text = (node.getAttribute("aria-label") ?? node.textContent).replace(/\s+/g, " ").trim().slice(0, 20);

  // An outline of three to one against what is around it (WCAG 1.4.11).
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const luminance = (colours) => {
    for (const colour of ["#fff", ...colours]) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => ((part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const grounds = ["Canvas"];
  for (let one = node.parentElement; one; one = one.parentElement) grounds.splice(1, 0, getComputedStyle(one).backgroundColor);
  const [high, low] = [luminance(grounds), luminance([...grounds, style.outlineColor])].sort((a, b) => b - a);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1) faults.push("no outline");
  else if (style.outlineStyle !== "auto" && (high + 0.05) / (low + 0.05) < 3) faults.push(`an outline of ${((high + 0.05) / (low + 0.05)).toFixed(1)} to 1`);

  // The part that is in the window; of a link over several lines its first.
  const whole = node.getClientRects()[0] ?? node.getBoundingClientRect();
  const box = { left: Math.max(whole.left, 0), right: Math.min(whole.right, innerWidth), top: Math.max(whole.top, 0), bottom: Math.min(whole.bottom, innerHeight) };
  if (box.right <= box.left || box.bottom <= box.top) faults.push("out of view");
  else {
    const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    if (hit && !node.contains(hit) && !hit.contains(node)) faults.push(`hidden behind ${hit.tagName.toLowerCase()}.${hit.getAttribute("class") ?? ""}`);
  }

  // WCAG 2.2, target size: 24 px, or in a sentence, or nothing else within 24 px of its middle.
  const inSentence = () => {
    let block = node.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    return style.display === "inline" && block.textContent.trim().length > node.textContent.trim().length + 1;
  };
  const middle = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];
  const near = (other) => {
    const [x, y] = middle(whole), edge = other.getBoundingClientRect();
    const dx = Math.max(edge.left - x, 0, x - edge.right), dy = Math.max(edge.top - y, 0, y - edge.bottom);
    const small = edge.width < 24 || edge.height < 24, [ox, oy] = middle(edge);
    return Math.hypot(dx, dy) < 12 || (small && Math.hypot(ox - x, oy - y) < 24);
  };
  if (Math.min(whole.width, whole.height) < 23.5 && !inSentence()) {
    const others = [...document.querySelectorAll("a[href], button, input, select, summary")].filter((one) => one !== node && one.checkVisibility() && !one.contains(node) && !node.contains(one));
    if (others.some(near)) faults.push(`${Math.round(whole.width)} × ${Math.round(whole.height)} px, and another target beside it`);
  }
  if (Number(node.getAttribute("tabindex")) > 0) faults.push("asks to come first");
  if (!text && !node.getAttribute("aria-labelledby") && !node.labels?.length && !node.getAttribute("title") && !node.querySelector("img[alt]:not([alt=''])")) faults.push("has no name");
  return { number: [...document.querySelectorAll("*")].indexOf(node), text, faults };
}
