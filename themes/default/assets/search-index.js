"use strict";
/* The search index: how characters are compared, which reports may hold a word. generator/render/search_scripts.py writes the index,
   generator/language/folding.py folds as this file does. shards.js loads it. */

Object.assign(gongkai, (() => {
  const { load } = gongkai;

  // White space, what is invisible, and quotation marks do not count.
  const GONE = /[^\S\n]|[\x1c-\x1f\x85\xad\u200b-\u200f\u2060\ufeff"'“”‘’「」『』]/gu;
  const forms = new Map();

  /** One character as it is compared. */
  function foldOne(character) {
    if (!forms.has(character)) forms.set(character, character.normalize("NFKC").toLowerCase().replace(GONE, ""));
    return forms.get(character);
  }

  const fold = text => Array.from(text, foldOne).join("");

  /** Where the (folded) words stand in a text: [start, end] pairs in order, none over another. */
  function places(text, words) {
    let folded = "";
    const from = [];
    let at = 0;
    for (const character of text) {
      const form = foldOne(character);
      for (let unit = 0; unit < form.length; unit++) from.push([at, at + character.length]);
      folded += form;
      at += character.length;
    }
    const found = [];
    for (const word of words) {
      for (let start = folded.indexOf(word); start >= 0; start = folded.indexOf(word, start + word.length)) {
        found.push([from[start][0], from[start + word.length - 1][1]]);
      }
    }
    found.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
    return found.filter((one, index) => index === 0 || found.slice(0, index).every(before => before[1] <= one[0]));
  }

  const MOST = 6;

  /** The bigrams to look a word up by: all of a short one, six spread over a long one; what they let through is read before it is shown. */
  function bigrams(word) {
    const letters = Array.from(word);
    const all = letters.slice(1).map((letter, index) => letters[index] + letter);
    const step = Math.max(1, (all.length - 1) / (MOST - 1));
    return all.length <= MOST ? all : Array.from({ length: MOST }, (_, index) => all[Math.round(index * step)]);
  }

  const bucket = (bigram, count) => {
    const [first, second] = Array.from(bigram, letter => letter.codePointAt(0));
    return ((first * 31 + second) % 65521) % count;
  };

  /** The numbers of a posting: after `!` a bit for each report, else steps in base 36. */
  function numbers(posting) {
    if (!posting.startsWith("!")) {
      let at = -1;
      return posting.split(",").map(step => (at += parseInt(step, 36)));
    }
    const bytes = atob(posting.slice(1));
    const found = [];
    for (let at = 0; at < bytes.length * 8; at++) if (bytes.charCodeAt(at >> 3) & (1 << (at & 7))) found.push(at);
    return found;
  }

  class Stale extends Error {}

  /** The reports of a year, by number, whose text may hold a word of two characters or more: all that do, and few others. */
  async function holders([year, buckets, stamp], word) {
    const lists = await Promise.all(bigrams(word).map(async bigram => {
      const entries = await load(`${year}/${bucket(bigram, buckets).toString(16)}`, stamp);
      if (entries.split(" ", 1)[0] !== stamp) throw new Stale(year);
      const start = entries.indexOf(" " + bigram);
      if (start < 0) return [];
      const end = entries.indexOf(" ", start + 1);
      return numbers(entries.slice(start + 1 + bigram.length, end < 0 ? undefined : end));
    }));
    return lists.map(list => new Set(list)).reduce((all, next) => new Set([...all].filter(number => next.has(number))));
  }

  return { fold, places, bigrams, bucket, numbers, holders, Stale };
})());
