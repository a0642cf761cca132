// The runs of a sweep, a square each, or a pixel each where there are many.
"use strict";
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const [RUN, STATUS, STEP, EPOCH, HALTED, VALUE] = [0, 1, 2, 3, 4, 5];

  class Grid {
    constructor(place) {
      this.place = place;
      this.canvas = place.querySelector("canvas");
      this.at = place.querySelector("[data-at]");
      this.select = place.querySelector("[data-colour]");
      this.strip = place.querySelector("[data-strip]");
      this.runs = [];
      const asked = new URLSearchParams(location.search).get("colour");
      if (asked && [...this.select.options].some(({ value }) => value === asked)) this.select.value = asked;
      this.select.addEventListener("change", () => {
        history.replaceState(null, "", labbook.address({ colour: this.select.value || null }));
        this.begin();
      });
      this.canvas.addEventListener("pointermove", (event) => {
        const index = this.index(event);
        labbook.tip(event, index === null ? null : this.words(index));
      });
      this.canvas.addEventListener("pointerleave", (event) => labbook.tip(event, null));
      this.canvas.addEventListener("click", (event) => this.open(this.index(event)));
      this.canvas.addEventListener("keydown", (event) => this.key(event));
      new ResizeObserver(() => this.draw()).observe(place);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    }

    begin() {
      this.stop?.();
      const metric = this.select.value;
      const query = this.place.dataset.grid + (metric ? "&metric=" + encodeURIComponent(metric) : "");
      if (document.querySelector("[data-sweep][data-live]")) {
        this.stop = labbook.follow("view=sweep&" + query, {
          sweep: (body) => this.all(body), runs: (body) => this.change(body),
        });
        return;
      }
      fetch("/sweep.json?" + query).then((reply) => reply.json()).then((body) => this.all(body));
    }

    all(body) {
      this.runs = body.runs;
      this.draw();
      document.dispatchEvent(new CustomEvent("labbook:runs", { detail: { runs: this.runs, isNew: true } }));
    }

    change(changes) {
      let moved = false;
      for (const [index, run] of changes) {
        moved ||= this.runs[index]?.[STATUS] !== run[STATUS];
        this.runs[index] = run;
      }
      this.draw();
      if (moved) document.dispatchEvent(new CustomEvent("labbook:runs", { detail: { runs: this.runs } }));
    }

    // The size of a square, and how many stand in a row.
    measure() {
      const width = Math.max(120, this.place.clientWidth - 2);
      const count = Math.max(1, this.runs.length);
      if (count > 10000) return { size: 1, across: width };
      const size = Math.max(3, Math.min(24, Math.floor(Math.sqrt((width * 240) / count))));
      return { size, across: Math.max(1, Math.floor(width / size)) };
    }

    colours() {
      if (!this.select.value) {
        const known = new Map();
        return (run) => {
          if (!known.has(run[STATUS])) known.set(run[STATUS], css("--st-" + run[STATUS]));
          return known.get(run[STATUS]);
        };
      }
      const direction = this.select.selectedOptions[0].dataset.direction;
      const scale = labbook.shares(this.runs.map((run) => run[VALUE]), direction);
      this.scale = scale;
      const none = css("--grid-line");
      return (run) => {
        const share = scale.share(run[VALUE]);
        return share === null ? none : `rgb(${labbook.scale(share)})`;
      };
    }

    draw() {
      const { size, across } = (this.layout = this.measure());
      const rows = Math.ceil(this.runs.length / across);
      const colour = this.colours();
      const pen = labbook.sheet(this.canvas, across * size, Math.max(size, rows * size));
      const gap = size > 5 ? 1 : 0;
      this.runs.forEach((run, index) => {
        pen.fillStyle = colour(run);
        pen.fillRect((index % across) * size, Math.floor(index / across) * size, size - gap, size - gap);
      });
      if (this.place.contains(document.activeElement) && this.cursor !== undefined && size > 1) {
        pen.strokeStyle = css("--ink");
        pen.lineWidth = 2;
        pen.strokeRect((this.cursor % across) * size, Math.floor(this.cursor / across) * size, size - 1, size - 1);
      }
      this.strip.replaceChildren(...(this.select.value ? [labbook.strip(this.scale, this.select.value)] : []));
      if (this.runs.length > 10000) this.at.textContent ||= `a pixel a run, ${this.runs.length} runs in the order they were asked for`;
    }

    index(event) {
      const { size, across } = this.layout;
      const [column, row] = [Math.floor(event.offsetX / size), Math.floor(event.offsetY / size)];
      const index = row * across + column;
      return column < 0 || column >= across || index < 0 || index >= this.runs.length ? null : index;
    }

    words(index) {
      const run = this.runs[index];
      const value = run[VALUE] === null || !this.select.value ? "" : `\n${this.select.value} ${labbook.number(run[VALUE])}`;
      const place = run[EPOCH] ? `epoch ${run[EPOCH]}` : run[STEP] === null ? "not begun" : `step ${run[STEP]}`;
      const halted = run[HALTED] && run[STATUS] === "running" ? ", asked to stop" : "";
      return `${run[RUN].slice(0, 8)}  ${run[STATUS]}${halted}\n${place}${value}`;
    }

    open(index) {
      if (index !== null && this.runs[index]) location.href = "/runs/" + this.runs[index][RUN];
    }

    key(event) {
      const { across } = this.layout;
      const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across }[event.key];
      if (event.key === "Enter" && this.cursor !== undefined) this.open(this.cursor);
      else if (step) {
        this.cursor = Math.max(0, Math.min(this.runs.length - 1, (this.cursor ?? -Math.sign(step)) + step));
        if (this.runs.length) this.at.textContent = this.words(this.cursor).replaceAll("\n", ", ");
        this.draw();
      } else return;
      event.preventDefault();
    }
  }

  for (const place of document.querySelectorAll("[data-grid]")) new Grid(place).begin();
})();
