// What a page can do more with script: choose type size and colours, filter the directory. All of it works without.
"use strict";

function settings(box) {
  const root = document.documentElement;
  for (const set of box.querySelectorAll("[data-setting]")) {
    const name = set.dataset.setting;
    const buttons = [...set.querySelectorAll("button")];
    const show = () => buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.value === (root.dataset[name] || ""))));
    set.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.value) root.dataset[name] = button.value;
      else delete root.dataset[name];
      try {
        if (button.value) localStorage.setItem("gongkai-" + name, button.value);
        else localStorage.removeItem("gongkai-" + name);
      } catch { /* it holds for this page */ }
      show();
    });
    show();
  }
  box.hidden = false;
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(event.target)) box.open = false;
  });
}

function filter(box) {
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const sections = [...document.querySelectorAll(".filtered")];
  const items = sections.flatMap((section) => [...section.querySelectorAll("li")].filter((item) => item.parentElement.matches(".tree")));
  const own = (item) => [...item.children].filter((part) => !part.matches("ul")).map((part) => part.textContent).join(" ").toLowerCase();
  const words = new Map(items.map((item) => [item, own(item)]));
  const apply = () => {
    const wanted = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const found = new Set(items.filter((item) => wanted.every((word) => words.get(item).includes(word))));
    for (const item of items) {
      item.hidden = !found.has(item) && ![...item.querySelectorAll("li")].some((below) => found.has(below));
    }
    for (const section of sections) section.hidden = ![...section.querySelectorAll("li")].some((item) => found.has(item));
    const { none, some } = status.dataset;
    status.textContent = !wanted.length ? "" : found.size ? some.replace("{count}", found.size) : none;
  };
  box.hidden = false;
  input.addEventListener("input", apply);
  apply();
}

// A table that fits this screen need not scroll: its region is no stop for the Tab key, and its head stays in view (`fits`).
function fit() {
  for (const region of document.querySelectorAll(".scroll")) {
    const fits = region.scrollWidth <= region.clientWidth;
    region.classList.toggle("fits", fits);
    const hint = region.previousElementSibling;
    if (hint?.matches(".hint")) hint.classList.toggle("always", !fits);
    if (fits) region.removeAttribute("tabindex");
    else region.tabIndex = 0;
  }
}

document.querySelectorAll("details.display").forEach(settings);
document.querySelectorAll(".filter").forEach(filter);
// The newest year stands last: a comparison that does not fit opens there.
function latest(part) {
  for (const region of part.querySelectorAll(".scroll:has(> .compare:not(.pair))")) region.scrollLeft = region.scrollWidth;
}

// Tables that have just come onto the page; what they do is looked at again whenever they change their size.
const watch = new ResizeObserver(fit);
function settle(part) {
  fit();
  latest(part);
  for (const region of part.querySelectorAll(".scroll")) [region, ...region.children].forEach((one) => watch.observe(one));
}

settle(document);
document.addEventListener("toggle", (event) => event.target.open && latest(event.target), true);
