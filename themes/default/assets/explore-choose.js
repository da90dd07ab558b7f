"use strict";
/* compare/: the choosers of bodies, years, figures and the table's direction. Each shows what is chosen (`sync`) and reports a change. */

const choosing = (() => {
  const { say, listed, term, label, body: called, el } = speaking;
  const { glosses } = gongkai;
  const SHOWN = 50;

  const folded = text => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const asked = text => text.trim().split(/\s+/).map(folded).filter(Boolean);

  const box = (checked, data, ...words) => {
    const input = el("input", { type: "checkbox", checked, data });
    return [el("label", {}, input, " ", ...words), input];
  };

  function heading(details, what, count, all) {
    details.querySelector("summary").replaceChildren(...el("span", {}, say(all ? "chosen_all" : "chosen", { what: say(what), count })).childNodes);
  }

  /** The chosen ones as buttons that remove them. Focus goes to the next one, or to `after`. */
  function chips(list, items, remove, after) {
    list.hidden = !items.length;
    list.replaceChildren(...items.map(({ key, name }, index) => {
      const button = el("button", { type: "button", data: { "aria-label": say("remove", { name }) } }, name, " ", el("span", { data: { "aria-hidden": "true" } }, "×"));
      button.onclick = () => {
        remove(key);
        (list.querySelectorAll("button")[Math.min(index, items.length - 2)] ?? after).focus();
      };
      return el("li", {}, button);
    }));
  }

  /** Bodies: a search, and those that it finds as a list to tick, in the order of the directory. */
  function bodies(details, directory, most, get, set) {
    const [list, input, status, options] = [".picked", "input", "[role=status]", ".options"].map(one => details.querySelector(one));
    const [add, clear] = [details.querySelector(".add"), details.querySelector(".clear")];
    const words = new Map(directory.map(one => [one, folded([one.slug, ...one.names, glosses(one.gloss), say(`kind-${one.kind}`), say(`level-${one.level}`), one.above].join(" "))]));
    const known = new Map(directory.map(one => [one.slug, one]));
    let found = [];
    function search() {
      const wanted = asked(input.value);
      found = directory.filter(one => wanted.every(word => words.get(one).includes(word)));
      const legend = options.querySelector("legend");
      options.replaceChildren(legend, ...found.slice(0, SHOWN).map(one => {
        const remark = [say(`level-${one.level}`), say(`kind-${one.kind}`), one.above].filter(Boolean).join(" · ");
        return box(false, { value: one.slug }, called(one), " ", el("span", { className: "quiet" }, remark))[0];
      }));
      status.textContent = say("listed", { count: found.length, shown: Math.min(found.length, SHOWN) });
      sync();
    }
    function sync() {
      const chosen = get();
      for (const one of options.querySelectorAll("input")) one.checked = chosen.includes(one.value);
      chips(list, chosen.map(slug => ({ key: slug, name: called(known.get(slug)) })), slug => set(get().filter(one => one !== slug)), input);
      heading(details, "bodies", chosen.length);
      const fresh = found.filter(one => !chosen.includes(one.slug)).length;
      add.textContent = say("add", { count: fresh });
      add.disabled = !fresh || chosen.length + fresh > most;
      clear.disabled = !chosen.length;
    }
    options.onchange = ({ target }) => set(target.checked ? [...get(), target.value] : get().filter(one => one !== target.value));
    add.onclick = () => { set([...get(), ...found.map(one => one.slug)]); input.focus(); };
    clear.onclick = () => { set([]); input.focus(); };
    input.oninput = search;
    search();
    return sync;
  }

  /** Years: none chosen means all of them. */
  function years(details, all, get, set) {
    const options = details.querySelector(".options");
    options.append(...all.map(year => box(false, { value: year }, String(year))[0]));
    const inputs = [...options.querySelectorAll("input")];
    options.onchange = () => {
      const chosen = inputs.filter(one => one.checked).map(one => Number(one.value));
      set(chosen.length === all.length ? [] : chosen);
    };
    return () => {
      for (const one of inputs) one.checked = !get().length || get().includes(Number(one.value));
      heading(details, "years", get().length || all.length, !get().length);
    };
  }

  /** Figures by table and row, those of the headline first; none chosen means the headline. */
  function figures(details, known, get, set) {
    const [list, input, status, options] = [".picked", "input", "[role=status]", ".options"].map(one => details.querySelector(one));
    const groups = [headline(known), ...known.tables.map(table => ofTable(known, table))];
    options.append(...groups.map(one => one.group));
    const rows = groups.flatMap(one => one.rows);
    const inputs = [...options.querySelectorAll("input")];
    const name = one => say("figure", { row: term(one.row), column: term(one.column) });
    const chosen = () => (get().length ? get() : known.headline.map(number => known.figures[number].key));
    const choose = keys => set(keys.length && keys.join() !== known.headline.map(number => known.figures[number].key).join() ? keys : []);
    function sync() {
      for (const one of inputs) one.checked = chosen().includes(one.value);
      const items = known.figures.filter(one => chosen().includes(one.key)).map(one => ({ key: one.key, name: name(one) }));
      chips(list, items, key => choose(chosen().filter(one => one !== key)), input);
      heading(details, "figures", chosen().length);
    }
    options.onchange = ({ target }) => choose(target.checked ? [...chosen(), target.value] : chosen().filter(one => one !== target.value));
    details.querySelector(".clear").onclick = () => { set([]); input.focus(); };
    input.oninput = () => {
      const wanted = asked(input.value);
      for (const row of rows) row.node.hidden = !wanted.every(word => row.words.includes(word));
      for (const { group, rows: own } of groups) {
        group.hidden = own.every(row => row.node.hidden);
        group.open = wanted.length > 0 || group === groups[0].group;
      }
      const listed = rows.filter(row => !row.node.hidden).length;
      status.textContent = wanted.length ? say("listed", { count: listed, shown: listed }) : "";
    };
    return sync;
  }

  const group = (title, open, rows) => ({ rows, group: el("details", { open }, el("summary", {}, title), ...rows.map(row => row.node)) });

  /** A row's figures to tick. `words` find it beside its own; with them the group's summary says already what it is. */
  function row(legend, figures, words) {
    const node = el("fieldset", { className: "across" }, el("legend", { className: words.length ? "known" : "" }, legend), ...figures.map(([one, name]) => box(false, { value: one.key }, name)[0]));
    const parts = figures.flatMap(([one]) => [one.row, one.column, one.row.table, ...one.row.above]);
    return { node, words: folded([...words, ...parts.flatMap(one => [one.label, one.name, glosses(one.gloss)])].join(" ")) };
  }

  function headline(known) {
    const figures = known.headline.map(number => known.figures[number]);
    const name = one => say("figure", { row: term(one.row), column: term(one.column) });
    return group(say("headline"), true, [row(say("headline"), figures.map(one => [one, name(one)]), [say("headline")])]);
  }

  function ofTable(known, table) {
    const rows = [...new Set(known.figures.map(one => one.row))].filter(one => one.table.label === table.label);
    return group(label(table), false, rows.map(one => {
      const above = listed(one.above.map(label));
      const legend = above ? say("row", { above, row: label(one) }) : label(one);
      return row(legend, known.figures.filter(figure => figure.row === one).map(figure => [figure, label(figure.column)]), []);
    }));
  }

  /** The table's direction. */
  function way(fieldset, get, set) {
    const inputs = [...fieldset.querySelectorAll("input")];
    fieldset.onchange = ({ target }) => set(target.value);
    return () => { for (const one of inputs) one.checked = one.value === get(); };
  }

  return { bodies, years, figures, way };
})();
