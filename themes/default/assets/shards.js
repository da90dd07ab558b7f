"use strict";
/* Data that a page's script loads. A shard is a script with a single call, because a page from a disk may not fetch; generator/render/
   search.py and explore.py write them, beside the one that the page names in `data-index`. */

const gongkai = (() => {
  const held = new Map();
  const asked = new Map();
  const root = new URL(document.querySelector("main [data-index]").dataset.index, document.baseURI);

  /** What each shard calls to hand over its data. */
  const part = (name, data) => held.set(name, data);

  /** The data of a shard. `stamp` makes a browser ask again when the shard can no longer be the one it keeps. */
  function load(name, stamp = "") {
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(`${name}.js${stamp && "?" + stamp}`, root);
        script.onload = () => (held.has(name) ? resolve(held.get(name)) : reject(new Error(name)));
        script.onerror = () => reject(new Error(name));
        document.head.append(script);
      }));
    }
    return asked.get(name);
  }

  return { part, load };
})();
