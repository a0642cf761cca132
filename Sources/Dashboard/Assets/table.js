// Draws the rows of a long table that can be seen, and fetches windows of them as they are scrolled to.
// All windows are of one snapshot of the store: they join without gap or repeat.
"use strict";
for (const scroller of document.querySelectorAll("[data-table]")) {
  const body = scroller.querySelector("tbody.rows");
  const head = scroller.querySelector("thead");
  const width = Number(body.dataset.width);
  const piece = 100;
  const kept = 40;
  let total = Number(scroller.dataset.total);
  let snapshot = Number(scroller.dataset.snapshot);
  const start = Number(scroller.dataset.start);
  // Rows as HTML by their window's number; windows asked for and not yet here are null.
  const windows = new Map();
  const first = [...body.rows].map((row) => row.outerHTML);
  if (start % piece === 0) windows.set(start / piece, first);

  const height = Math.max(16, body.rows[0]?.getBoundingClientRect().height ?? 30);
  // A browser's element has a greatest height; beyond it a pixel of the bar stands for several.
  const tallest = 12_000_000;
  const whole = total * height;
  const scale = Math.max(1, whole / tallest);
  const spaces = ["before", "behind"].map(() => {
    const row = document.createElement("tr");
    row.className = "space";
    row.setAttribute("aria-hidden", "true");
    const cell = row.insertCell();
    cell.colSpan = width;
    return row;
  });
  let drawn = "";

  const freeze = () => {
    // Columns keep their widths while rows change, and grow where a row needs more.
    for (const cell of head.rows[0].cells) {
      const now = Math.ceil(cell.getBoundingClientRect().width);
      if (now > (Number(cell.dataset.width) || 0)) {
        cell.dataset.width = now;
        cell.style.minWidth = now + "px";
      }
    }
  };

  const draw = () => {
    const top = Math.max(0, scroller.scrollTop);
    const from = Math.max(0, Math.floor((top * scale) / height) - 20);
    const to = Math.min(total, Math.ceil((top * scale + scroller.clientHeight) / height) + 20);
    const html = [];
    const missing = [];
    let key = `${from}-${to}`;
    for (let place = from; place < to; place++) {
      const number = Math.floor(place / piece);
      const rows = windows.get(number);
      if (rows) html.push(rows[place % piece] ?? "");
      else {
        html.push(`<tr class="coming"><th>…</th><td colspan="${width - 1}"></td></tr>`);
        if (missing.at(-1) !== number) missing.push(number);
      }
    }
    key += missing.join();
    for (const number of missing) fetchWindow(number);
    if (key === drawn) return;
    drawn = key;
    body.innerHTML = html.join("");
    const shown = (to - from) * height;
    const above = Math.max(0, Math.min(from * height, top - (top * scale - from * height)));
    const all = Math.min(whole, tallest);
    body.prepend(spaces[0]);
    body.append(spaces[1]);
    spaces[0].cells[0].style.height = above + "px";
    spaces[1].cells[0].style.height = Math.max(0, all - above - shown) + "px";
    let place = from;
    for (const row of body.rows) {
      if (!row.classList.contains("space")) row.setAttribute("aria-rowindex", ++place);
    }
    freeze();
    document.dispatchEvent(new CustomEvent("labbook:rows"));
  };

  const fetchWindow = async (number) => {
    if (windows.has(number)) return;
    windows.set(number, null);
    const url = new URL(scroller.dataset.table, location.href);
    url.searchParams.set("offset", number * piece);
    url.searchParams.set("count", piece);
    url.searchParams.set("snapshot", snapshot);
    try {
      const reply = await fetch(url);
      if (!reply.ok) throw new Error(await reply.text());
      const data = await reply.json();
      if (data.snapshot !== snapshot) {
        // The store changed and the snapshot is no longer kept: what is here is of another order.
        windows.clear();
        ({ snapshot, total } = data);
      }
      windows.set(number, data.rows);
      while (windows.size > kept) windows.delete(windows.keys().next().value);
      drawn = "";
      draw();
    } catch (error) {
      setTimeout(() => { windows.delete(number); drawn = ""; draw(); }, 2000);
      console.warn("rows of the table did not come:", error.message);
    }
  };

  let isAsked = false;
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => { isAsked = false; draw(); });
  };
  scroller.addEventListener("scroll", ask, { passive: true });
  new ResizeObserver(ask).observe(scroller);
  freeze();
  if (start > 0) scroller.scrollTop = (start * height) / scale;
  if (total > first.length || start > 0) draw();
  else document.dispatchEvent(new CustomEvent("labbook:rows"));
}
