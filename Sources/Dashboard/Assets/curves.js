// Curves of runs: lines that are asked for once or follow the store, a small chart a metric.
"use strict";
(() => {
  const KEYS = ["axis", "smooth", "log", "band"];

  class Curves {
    constructor(place) {
      this.place = place;
      this.base = new URLSearchParams(place.dataset.query);
      this.isLive = place.dataset.live !== undefined;
      const asked = new URLSearchParams(location.search);
      this.state = { axis: this.base.get("axis") ?? "step", smooth: "0", log: "", band: "std" };
      for (const key of KEYS) if (asked.get(key)) this.state[key] = asked.get(key);
      this.hidden = new Set();
      this.plots = new Map();
      this.tools = document.createElement("div");
      this.legend = document.createElement("ul");
      this.legend.className = "legend";
      this.panels = document.createElement("div");
      this.panels.className = "panels";
      this.notes = document.createElement("ul");
      this.notes.className = "chart-notes";
      place.replaceChildren(this.tools, this.legend, this.panels, this.notes);
      new ResizeObserver(() => this.setColumns()).observe(this.panels);
      labbook.chartTools(this);
      this.take = labbook.take(place, (asked) => {
        const { axis, smooth, log, band } = this.state;
        asked.set("axis", axis);
        if (smooth !== "0") asked.set("smooth", smooth);
        if (log) asked.set("log", log === "xy" ? "x,y" : log);
        if (band !== "std") asked.set("band", band);
      });
    }

    query(more = {}) {
      const query = new URLSearchParams(this.base);
      for (const [name, value] of Object.entries({ ...this.state, ...more })) {
        if (value === "" || value === "0") query.delete(name);
        else query.set(name, value);
      }
      return query.toString();
    }

    // Changes how curves are shown, in the address too.
    change(changes) {
      Object.assign(this.state, changes);
      const { smooth, axis, band } = this.state;
      const usual = this.base.get("axis") ?? "step";
      history.replaceState(null, "", labbook.address({
        ...this.state, smooth: smooth === "0" ? null : smooth, axis: axis === usual ? null : axis,
        band: band === "std" ? null : band,
      }));
      this.begin();
    }

    begin() {
      this.stop?.();
      this.stop = null;
      this.take?.();
      if (this.isLive) {
        this.stop = labbook.follow("view=curves&" + this.query(), {
          curves: (body) => this.all(body), points: (body) => this.grow(body),
          lines: (body) => this.replace(body),
          status: (body) => document.dispatchEvent(new CustomEvent("labbook:status", { detail: body })),
          problem: (body) => this.problem(body),
        });
        return;
      }
      this.ask().then((body) => body && this.all(body));
    }

    async ask(more) {
      const turn = (this.turn = (this.turn ?? 0) + 1);
      const reply = await fetch("/curves.json?" + this.query(more));
      const body = await reply.json();
      if (turn !== this.turn) return null;
      if (!reply.ok) return this.problem(body);
      return body;
    }

    problem(body) {
      this.notes.replaceChildren(labbook.item([body.error, body.hint].filter(Boolean).join(". ")));
      return null;
    }

    all(body) {
      this.body = body;
      this.lines = new Map();
      for (const line of body.lines) this.put(line);
      this.isZoomed = false;
      this.layOut();
    }

    put(line) {
      line.key = line.metric + " " + line.id;
      this.lines.set(line.key, line);
    }

    replace(lines) {
      for (const line of lines) this.put(line);
      this.redraw();
    }

    grow(pieces) {
      for (const piece of pieces) {
        const line = this.lines?.get(piece.metric + " " + piece.id);
        // A line that nobody knows is told whole where it begins.
        if (!line) return this.begin();
        line.x.push(...piece.x);
        line.y.push(...piece.y);
        if (line.raw_x && piece.raw_y) {
          line.raw_x.push(...piece.x);
          line.raw_y.push(...piece.raw_y);
        }
        if (line.x.length > 8000) return this.begin();
      }
      this.redraw();
    }

    // At most four times a second, and seldom enough that a slow machine has time for its reader.
    redraw() {
      if (this.waits || this.isZoomed) return;
      this.waits = setTimeout(() => {
        this.waits = null;
        const begun = performance.now();
        this.layOut();
        this.cost = performance.now() - begun;
      }, Math.max(250, 4 * (this.cost ?? 0)));
    }

    layOut() {
      const { body } = this;
      const groups = new Map();
      for (const line of this.lines.values()) {
        const name = JSON.stringify([line.metric, line.row, line.column]);
        if (!groups.has(name)) groups.set(name, []);
        groups.get(name).push(line);
      }
      const order = body.metrics;
      const names = [...groups.keys()].sort((a, b) =>
        order.indexOf(JSON.parse(a)[0]) - order.indexOf(JSON.parse(b)[0]));
      const shape = JSON.stringify([names, body.axis, body.log_x, body.log_y]);
      const isFaceted = [...groups.values()].some(([line]) => line.row || line.column);
      if (shape !== this.shape) {
        this.shape = shape;
        for (const plot of this.plots.values()) plot.chart?.destroy();
        this.plots.clear();
        this.panels.replaceChildren();
        this.panels.classList.toggle("small", isFaceted || names.length > 4);
        this.columns = new Set(names.map((name) => JSON.parse(name)[2])).size;
        this.setColumns();
        for (const name of names) {
          const [metric, row, column] = JSON.parse(name);
          const place = document.createElement("section");
          place.className = "panel";
          this.panels.append(place);
          this.plots.set(name, new labbook.Plot(place, [metric, row, column].filter(Boolean).map((part) => part.replaceAll(" ", "\u00a0")).join(" · "), {
            logX: body.log_x, logY: body.log_y, axisName: body.axis_name,
            onZoom: (plot, low, high, isWhole) => this.zoom(plot, low, high, isWhole),
          }));
        }
      }
      if (isFaceted) this.shareRanges(groups);
      for (const [name, plot] of this.plots) {
        plot.hidden = this.hidden;
        plot.show(groups.get(name) ?? []);
      }
      labbook.chartLegend(this);
      this.notes.replaceChildren(...body.notes.map(labbook.item));
      if (names.length === 0) this.notes.append(labbook.item("nothing has been measured yet"));
    }

    // A column of small charts a value, where the page has room for them beside each other.
    setColumns() {
      const fits = this.columns > 1 && this.panels.clientWidth / this.columns >= 200;
      this.panels.style.gridTemplateColumns = fits ? `repeat(${this.columns}, minmax(0, 1fr))` : "";
      for (const plot of this.plots.values()) plot.fit();
    }

    // Small charts of one metric have one range, so that they can be compared.
    shareRanges(groups) {
      const ranges = new Map();
      for (const [name, lines] of groups) {
        const metric = JSON.parse(name)[0];
        const range = ranges.get(metric) ?? [Infinity, -Infinity];
        for (const line of lines) {
          for (const values of [line.y, line.low ?? [], line.high ?? []]) {
            for (const value of values) {
              if (value === null || (this.body.log_y && value <= 0)) continue;
              range[0] = Math.min(range[0], value);
              range[1] = Math.max(range[1], value);
            }
          }
        }
        ranges.set(metric, range);
      }
      for (const [name, plot] of this.plots) {
        const [low, high] = ranges.get(JSON.parse(name)[0]);
        const room = this.body.log_y ? 0 : (high - low) * 0.04;
        plot.options.range = low < high ? [low - room, high + room] : null;
      }
    }

    // All charts look at one part of the axis; of a part more points are asked for.
    async zoom(from, low, high, isWhole) {
      if (isWhole) {
        this.isZoomed = false;
        for (const plot of this.plots.values()) if (plot !== from) plot.chart?.updateOptions({ dateWindow: null });
        this.layOut();
        return;
      }
      this.isZoomed = true;
      for (const plot of this.plots.values()) if (plot !== from) plot.chart?.updateOptions({ dateWindow: [low, high] });
      if (![...this.lines.values()].some((line) => line.points > line.x.length)) return;
      const body = await this.ask({ from: low, to: high });
      if (!body || !this.isZoomed) return;
      const parts = new Map();
      for (const line of body.lines) {
        line.key = line.metric + " " + line.id;
        const name = JSON.stringify([line.metric, line.row, line.column]);
        if (!parts.has(name)) parts.set(name, []);
        parts.get(name).push(line);
      }
      for (const [name, plot] of this.plots) plot.show(parts.get(name) ?? [], [low, high]);
    }

    reset() {
      this.isZoomed = false;
      for (const plot of this.plots.values()) {
        plot.zoomed = null;
        plot.chart?.updateOptions({ dateWindow: null });
      }
      if (this.lines) this.layOut();
    }

    hide(id, isHidden) {
      if (isHidden) this.hidden.add(id);
      else this.hidden.delete(id);
      for (const plot of this.plots.values()) plot.hide(this.hidden);
    }
  }

  labbook.item = (text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  };

  for (const place of document.querySelectorAll("[data-chart]")) new Curves(place).begin();
})();
