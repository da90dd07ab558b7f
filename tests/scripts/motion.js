// What still moves when the reader asked for less motion.
() => {
  const found = document.getAnimations({ subtree: true }).map((one) => `runs: ${one.animationName ?? one.transitionProperty ?? "an animation"}`);
  const longest = (said) => Math.max(...said.split(",").map((one) => parseFloat(one) * (one.trim().endsWith("ms") ? 0.001 : 1)));
  for (const node of document.querySelectorAll("*")) {
    for (const part of [null, "::before", "::after"]) {
      const style = getComputedStyle(node, part);
      if (longest(style.transitionDuration) > 0.01 || (style.animationName !== "none" && longest(style.animationDuration) > 0.01))
        found.push(`${node.tagName.toLowerCase()}.${node.getAttribute("class") ?? ""}${part ?? ""}: moves`);
    }
    if (getComputedStyle(node).scrollBehavior === "smooth") found.push(`${node.tagName.toLowerCase()}: scrolls smoothly`);
  }
  return [...new Set(found)];
}
