// The headings that a browser reaches from every data cell of the page, by the algorithms of the HTML standard: “forming a table”, then
// “assigning header cells”. One entry a cell; `missing` are names in `headers` that lead to no heading of the same table.
() => {
  const text = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const span = (node, name) => Math.max(1, parseInt(node.getAttribute(name) ?? "1", 10) || 1);

  // Cells with their place and size, the slots that they fill, and the rectangles of row groups and column groups.
  const form = (table) => {
    const cells = [], slots = new Map(), groups = { row: [], col: [] };
    const at = (x, y) => slots.get(`${x} ${y}`) ?? [];
    let y = 0, width = 0;
    const line = (row, end) => {
      let x = 0;
      for (const node of row.cells) {
        while (at(x, y).length) x += 1;
        const down = node.getAttribute("rowspan") === "0" ? end - y : Math.min(span(node, "rowspan"), end - y);
        const cell = { node, x, y, width: span(node, "colspan"), height: down, head: node.tagName === "TH" };
        cells.push(cell);
        for (let i = x; i < x + cell.width; i++) for (let j = y; j < y + down; j++) slots.set(`${i} ${j}`, [...at(i, j), cell]);
        x += cell.width;
        width = Math.max(width, x);
      }
      y += 1;
    };
    const parts = [...table.children].filter((one) => /^(THEAD|TBODY|TFOOT|TR)$/.test(one.tagName));
    for (const part of [...parts.filter((one) => one.tagName !== "TFOOT"), ...parts.filter((one) => one.tagName === "TFOOT")]) {
      const rows = part.tagName === "TR" ? [part] : [...part.rows], start = y;
      const end = part.tagName === "TR" ? y + parts.slice(parts.indexOf(part)).findIndex((one, i, all) => all[i + 1]?.tagName !== "TR") + 1 : y + rows.length;
      for (const row of rows) line(row, end);
      if (part.tagName !== "TR") groups.row.push([start, y]);
    }
    let x = 0;
    for (const part of [...table.children].filter((one) => one.tagName === "COLGROUP")) {
      const wide = part.children.length ? [...part.children].reduce((sum, one) => sum + span(one, "span"), 0) : span(part, "span");
      groups.col.push([x, x + wide]);
      x += wide;
    }
    return { cells, at, groups, width: Math.max(width, x), height: y };
  };

  const heads = ({ cells, at, groups, width, height }) => {
    const data = (x0, x1, y0, y1) => cells.some((c) => !c.head && c.x < x1 && c.x + c.width > x0 && c.y < y1 && c.y + c.height > y0);
    const scope = (c) => (c.node.getAttribute("scope") ?? "").toLowerCase();
    const auto = (c) => !["row", "col", "rowgroup", "colgroup"].includes(scope(c));
    const column = (c) => scope(c) === "col" || (auto(c) && !data(0, width, c.y, c.y + c.height));
    const row = (c) => scope(c) === "row" || (auto(c) && !column(c) && !data(c.x, c.x + c.width, 0, height));
    const of = new Map(cells.map((c) => [c.node, c]));
    const wide = cells.filter((c) => c.head && /^(row|col)group$/.test(scope(c))); // what heads a whole group
    const group = (list, place) => list.findIndex(([from, to]) => from <= place && place < to);
    const empty = (c) => !c.node.children.length && !text(c.node);

    const scan = (principal, found, x, y, dx, dy) => {
      const opaque = [];
      let block = principal.head ? [principal] : [], inside = principal.head;
      for (x += dx, y += dy; x >= 0 && y >= 0; x += dx, y += dy) {
        const here = at(x, y);
        if (here.length !== 1) continue;
        const [c] = here;
        if (c.head) {
          inside = true;
          block.push(c);
          const blocked = dx === 0
            ? !column(c) || opaque.some((one) => one.x === c.x && one.width === c.width)
            : !row(c) || opaque.some((one) => one.y === c.y && one.height === c.height);
          if (!blocked) found.add(c);
        } else if (inside) {
          inside = false;
          opaque.push(...block);
          block = [];
        }
      }
    };

    return (principal) => {
      const found = new Set(), missing = [];
      if (principal.node.hasAttribute("headers")) {
        for (const name of principal.node.getAttribute("headers").split(/\s+/).filter(Boolean)) {
          const cell = of.get(document.getElementById(name));
          if (cell?.head && cell !== principal) found.add(cell);
          else missing.push(name);
        }
      } else {
        for (let y = principal.y; y < principal.y + principal.height; y++) scan(principal, found, principal.x, y, -1, 0);
        for (let x = principal.x; x < principal.x + principal.width; x++) scan(principal, found, x, principal.y, 0, -1);
        for (const [kind, axis] of [["rowgroup", "y"], ["colgroup", "x"]]) {
          const list = groups[kind.slice(0, 3)], own = group(list, principal[axis]);
          for (const c of wide) {
            const before = c.x < principal.x + principal.width && c.y < principal.y + principal.height;
            if (own >= 0 && scope(c) === kind && group(list, c[axis]) === own && before) found.add(c);
          }
        }
      }
      found.delete(principal);
      return { heads: [...found].filter((c) => !empty(c)).map((c) => text(c.node)), missing };
    };
  };

  return [...document.querySelectorAll("table")].flatMap((table, number) => {
    const formed = form(table), reach = heads(formed);
    const name = table.id || text(table.caption ?? table).slice(0, 20);
    return formed.cells.filter((c) => !c.head).map((c) => ({
      table: name, number, kind: table.className, id: c.node.id, x: c.x, y: c.y, text: text(c.node), class: c.node.className, ...reach(c),
    }));
  });
}
