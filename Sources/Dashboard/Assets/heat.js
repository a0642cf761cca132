// A heat map over two keys: the mean of a metric over the configurations of each cell.
"use strict";
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  class Heat {
    constructor(place) {
      this.place = place;
      this.canvas = document.createElement("canvas");
      this.canvas.setAttribute("role", "img");
      this.tools = document.createElement("div");
      this.tools.className = "chart-tools";
      this.frame = document.createElement("div");
      this.frame.className = "canvas-place";
      this.frame.append(this.canvas);
      this.below = document.createElement("div");
      place.replaceChildren(this.tools, this.frame, this.below);
      this.canvas.addEventListener("pointermove", (event) => this.point(event));
      this.canvas.addEventListener("pointerleave", (event) => labbook.tip(event, null));
      new ResizeObserver(() => this.draw()).observe(place);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    }

    show(points) {
      this.points = points;
      // Numbers first: they are what heat maps are made of.
      const order = points.keys.map((_, index) => index).sort((a, b) => this.rank(b) - this.rank(a));
      if (order.length < 2) {
        this.place.replaceChildren(labbook.remark("a heat map needs two keys that differ"));
        return;
      }
      this.x ??= order[0];
      this.y ??= order[1];
      this.take ??= labbook.take(this.place, (asked) => {
        const { keys, metric, value } = this.points;
        for (const [name, word] of Object.entries({ metric, x: keys[this.x], y: keys[this.y] })) asked.set(name, word);
        if (value !== "last") asked.set("value", value);
      });
      const list = (words, chosen, take) => {
        const select = document.createElement("select");
        points.keys.forEach((key, index) => select.add(new Option(key, index, false, index === chosen)));
        select.addEventListener("change", () => {
          take(Number(select.value));
          this.draw();
          this.take();
        });
        const label = document.createElement("label");
        label.append(words, select);
        return label;
      };
      this.tools.replaceChildren(
        list("across", this.x, (key) => { this.x = key; }), list("up", this.y, (key) => { this.y = key; }));
      this.draw();
    }

    // Numbers with a handful of values first, then words, then what nearly every configuration has anew.
    rank(key) {
      const { rows } = this.points;
      const count = new Set(rows.map((row) => row.values[key]).filter((value) => value !== null)).size;
      const isNumber = rows.some((row) => row.numbers[key] !== null);
      if (count < 2) return -1;
      return count > 24 ? 1 / count : isNumber ? 100 + count : count;
    }

    // The values of a key in their order: numbers by size, then words.
    values(key) {
      const found = new Map();
      for (const row of this.points.rows) {
        if (row.values[key] !== null) found.set(row.values[key], row.numbers[key]);
      }
      return [...found.keys()].sort((a, b) => {
        const [m, n] = [found.get(a), found.get(b)];
        if (m !== null && n !== null) return m - n;
        return m === null && n === null ? a.localeCompare(b) : m === null ? 1 : -1;
      });
    }

    draw() {
      if (!this.points || this.x === undefined) return;
      const xs = this.values(this.x);
      const ys = this.values(this.y).reverse();
      this.cells = new Map();
      for (const row of this.points.rows) {
        const name = JSON.stringify([row.values[this.x], row.values[this.y]]);
        if (!this.cells.has(name)) this.cells.set(name, { means: [], runs: 0, bad: 0 });
        const cell = this.cells.get(name);
        if (row.mean !== null) cell.means.push(row.mean);
        cell.runs += row.runs;
        cell.bad += row.bad;
      }
      for (const cell of this.cells.values()) {
        cell.mean = cell.means.length ? cell.means.reduce((a, b) => a + b, 0) / cell.means.length : null;
      }
      const scale = labbook.shares([...this.cells.values()].map(({ mean }) => mean), this.points.direction);
      const left = 8 + Math.min(130, 7 * Math.max(...ys.map((word) => word.length)));
      const room = Math.max(160, this.place.clientWidth - left - 10);
      const cell = Math.max(4, Math.min(64, room / xs.length));
      const tall = Math.max(4, Math.min(34, 420 / ys.length));
      const [width, height] = [left + cell * xs.length + 2, tall * ys.length + 44];
      const pen = labbook.sheet(this.canvas, width, height);
      this.layout = { xs, ys, left, cell, tall };
      pen.font = "11px system-ui, sans-serif";
      pen.textBaseline = "middle";
      ys.forEach((y, row) => {
        xs.forEach((x, column) => {
          const found = this.cells.get(JSON.stringify([x, y]));
          const share = found ? scale.share(found.mean) : null;
          const [px, py] = [left + column * cell, row * tall];
          const gap = cell > 8 && tall > 8 ? 1 : 0;
          const colour = share === null ? null : labbook.scale(share);
          pen.fillStyle = colour ? `rgb(${colour})` : css(found?.bad ? "--st-diverged" : found ? "--st-planned" : "--grid-line");
          pen.fillRect(px, py, cell - gap, tall - gap);
          if (!colour || cell < 46 || tall < 14) return;
          pen.fillStyle = colour[0] * 0.3 + colour[1] * 0.6 + colour[2] * 0.1 > 130 ? "#111" : "#fff";
          pen.textAlign = "center";
          pen.fillText(labbook.number(Number(found.mean.toPrecision(3))), px + cell / 2, py + tall / 2, cell - 4);
        });
      });
      pen.fillStyle = css("--soft");
      pen.textAlign = "right";
      const skipY = Math.ceil(13 / tall);
      ys.forEach((y, row) => {
        if (row % skipY === 0) pen.fillText(y.length > 18 ? y.slice(0, 17) + "…" : y, left - 5, row * tall + tall / 2, left - 6);
      });
      pen.textAlign = "center";
      const skipX = Math.ceil(Math.max(...xs.map((word) => pen.measureText(word).width + 8)) / cell);
      xs.forEach((x, column) => {
        if (column % Math.min(skipX, xs.length) === 0) pen.fillText(x, left + (column + 0.5) * cell, tall * ys.length + 11);
      });
      pen.fillText(this.points.keys[this.x], left + (cell * xs.length) / 2, tall * ys.length + 30);
      const name = `${this.points.metric} (${this.points.value}) over ${this.points.keys[this.x]} and ${this.points.keys[this.y]}`;
      this.canvas.setAttribute("aria-label", name + "; the table on this page has the numbers");
      const averaged = [...this.cells.values()].some(({ means }) => means.length > 1);
      this.below.replaceChildren(labbook.strip(scale, this.points.metric), labbook.remark(
        (averaged ? "a cell is the mean over its configurations' means; " : "a cell is the mean over its seeds; ")
        + (this.points.left_out ? `${this.points.left_out} further configurations are left out; ` : "")
        + "a cell without a value is pale where nothing was asked for, grey where nothing is known yet, brown where runs diverged or failed"));
    }

    point(event) {
      const { xs, ys, left, cell, tall } = this.layout;
      const x = xs[Math.floor((event.offsetX - left) / cell)];
      const y = ys[Math.floor(event.offsetY / tall)];
      const found = x !== undefined && y !== undefined && event.offsetX >= left
        ? this.cells.get(JSON.stringify([x, y])) : null;
      if (!found) return labbook.tip(event, null);
      const { keys, metric } = this.points;
      labbook.tip(event, `${keys[this.x]} = ${x}\n${keys[this.y]} = ${y}\n${metric} ${found.mean === null ? "no value" : labbook.number(found.mean)}`
        + `\n${found.runs} runs${found.bad ? `, ${found.bad} diverged or failed` : ""}`);
    }
  }

  labbook.remark = (text) => {
    const place = document.createElement("p");
    place.className = "remark";
    place.textContent = text;
    return place;
  };

  // Charts of configurations on a page share what they are asked for.
  labbook.points = new Map();
  labbook.askPoints = (query) => {
    if (!labbook.points.has(query)) {
      labbook.points.set(query, fetch("/points.json?" + query).then(async (reply) => {
        const body = await reply.json();
        if (!reply.ok) throw new Error([body.error, body.hint].filter(Boolean).join(". "));
        return body;
      }));
    }
    return labbook.points.get(query);
  };
  const begin = (name, make) => {
    for (const place of document.querySelectorAll(`[data-${name}]`)) {
      const chart = make(place);
      const ask = () => labbook.askPoints(place.dataset[name]).then((points) => chart.show(points))
        .catch((error) => place.replaceChildren(labbook.remark(error.message)));
      ask();
      document.addEventListener("labbook:points", ask);
    }
  };
  labbook.beginPoints = begin;
  begin("heat", (place) => new Heat(place));
})();
