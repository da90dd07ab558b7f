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

  const { lang } = document.documentElement;
  const CHINESE = /([\u2e80-\u9fff\uf900-\ufaff](?:[\u2e80-\u9fff\uf900-\ufaff0-9 ·、，。（）《》〔〕“”—-]*[\u2e80-\u9fff\uf900-\ufaff）》”〕])?)/u;

  /** A text as nodes: on a page in another language a screen reader is told what is Chinese. */
  const nodes = text => (lang.startsWith("zh") ? [text] : text.split(CHINESE).map((part, index) => (
    index % 2 ? Object.assign(document.createElement("span"), { lang: "zh-CN", textContent: part }) : part)));

  /** A gloss in the language of the page; empty where it has none. One that is a text alone is English. */
  const glossed = gloss => (typeof gloss === "string" ? (lang === "en" ? gloss : "") : gloss?.[lang] ?? "");

  /** A gloss in every language that it is there in, for looking up. */
  const glosses = gloss => (typeof gloss === "string" ? gloss : Object.values(gloss).join(" "));

  /** A Chinese word; on a page in another language behind its gloss. */
  const behind = (gloss, word) => (glossed(gloss) ? `${glossed(gloss)} (${word})` : word);

  return { part, load, lang, nodes, glossed, glosses, behind };
})();
