// The type size and colours that a reader chose, before the page is drawn, so that nothing jumps. Everything else is in site.js.
"use strict";
for (const name of ["size", "mode"]) {
  try {
    const value = localStorage.getItem("gongkai-" + name);
    if (value) document.documentElement.dataset[name] = value;
  } catch { /* storage is switched off: the page follows the system */ }
}
