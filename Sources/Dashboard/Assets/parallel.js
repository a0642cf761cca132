// Parallel coordinates: a line a configuration across an axis a key, coloured by a metric.
"use strict";
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const [TOP, BOTTOM] = [34, 14];

  class Parallel {
    constructor(place) {
      this.place = place;
      this.frame = document.createElement("div");
      this.frame.className = "canvas-place";
      this.canvas = document.createElement("canvas");
      this.canvas.setAttribute("role", "img");
      this.frame.append(this.canvas);
      this.below = document.createElement("div");
      place.replaceChildren(this.frame, this.below);
      this.ranges = new Map();
      this.canvas.addEventListener("pointermove", (event) => this.point(event));
      this.canvas.addEventListener("pointerleave", (event) => {
        labbook.tip(event, null);
        this.draw(null);
      });
      this.canvas.addEventListener("pointerdown", (event) => this.grip(event));
      this.canvas.addEventListener("pointerup", (event) => this.release(event));
      this.canvas.addEventListener("click", () => {
        if (this.near && !this.dragged) location.href = "/runs/" + this.near.run;
      });
      new ResizeObserver(() => this.draw()).observe(place);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    }

    show(points) {
      this.points = points;
      if (points.keys.length === 0) {
        this.place.replaceChildren(labbook.remark("all configurations are alike"));
        return;
      }
      this.take ??= labbook.take(this.place, (asked) => {
        asked.set("metric", this.points.metric);
        if (this.points.value !== "last") asked.set("value", this.points.value);
      });
      this.axes = points.keys.map((name, key) => this.axis(name, (row) => row.values[key], (row) => row.numbers[key]));
      this.axes.push(this.axis(points.metric, (row) => row.mean === null ? null : labbook.number(row.mean), (row) => row.mean));
      this.scale = labbook.shares(points.rows.map(({ mean }) => mean), points.direction);
      this.draw();
    }

    // Where values stand on an axis, from 0 at its foot to 1, with its ticks.
    axis(name, word, number) {
      const { rows } = this.points;
      const isNumber = rows.every((row) => word(row) === null || number(row) !== null);
      if (isNumber) {
        const range = labbook.shares(rows.map(number), "maximize");
        const ticks = range.low === null ? [] : [[0, labbook.number(range.low)], [1, labbook.number(range.high)]];
        return { name: name + (range.isLog ? " (log)" : ""), ticks, place: (row) => range.share(number(row)) };
      }
      const words = [...new Set(rows.map(word).filter((value) => value !== null))].sort();
      const at = new Map(words.map((value, index) => [value, words.length === 1 ? 0.5 : index / (words.length - 1)]));
      const skip = Math.ceil(words.length / 16);
      return {
        name, ticks: words.filter((_, index) => index % skip === 0).map((value) => [at.get(value), value]),
        place: (row) => at.get(word(row)) ?? null,
      };
    }

    isKept(row) {
      for (const [axis, [low, high]] of this.ranges) {
        const place = this.axes[axis].place(row);
        if (place === null || place < low || place > high) return false;
      }
      return true;
    }

    draw(near = this.near) {
      if (!this.points || !this.axes) return;
      this.near = near ?? null;
      const width = Math.max(this.place.clientWidth - 2, this.axes.length * 82);
      const height = 300;
      const pen = labbook.sheet(this.canvas, width, height);
      const step = (width - 110) / Math.max(1, this.axes.length - 1);
      this.xs = this.axes.map((_, index) => 40 + index * step);
      this.height = height - TOP - BOTTOM;
      const { rows } = this.points;
      const order = rows.map((row) => [this.scale.share(row.mean) ?? -1, row]).sort((a, b) => a[0] - b[0]);
      pen.lineWidth = rows.length > 300 ? 0.8 : rows.length > 60 ? 1.4 : 2;
      for (const [share, row] of order) {
        const isKept = this.isKept(row);
        pen.globalAlpha = !isKept ? 0.06 : rows.length > 2000 ? 0.35 : 0.75;
        pen.strokeStyle = share >= 0 ? `rgb(${labbook.scale(labbook.lineShare(share))})` : css(row.bad ? "--st-diverged" : "--st-planned");
        this.stroke(pen, row);
      }
      pen.globalAlpha = 1;
      if (this.near) {
        pen.lineWidth = 3.5;
        pen.strokeStyle = css("--ink");
        this.stroke(pen, this.near);
      }
      this.label(pen);
      const kept = this.ranges.size ? `${rows.filter((row) => this.isKept(row)).length} of ${rows.length} configurations are within the ranges; ` : "";
      const left = this.points.left_out ? `${this.points.left_out} further configurations are left out; ` : "";
      this.canvas.setAttribute("aria-label", `${rows.length} configurations over ${this.points.keys.join(", ")}, coloured by ${this.points.metric}; the table on this page has the numbers`);
      this.below.replaceChildren(labbook.strip(this.scale, this.points.metric, labbook.lineShare),
        labbook.remark(kept + left + "drag along an axis to keep a range, click it to let go; a click on a line opens its first run"));
    }

    y(share) { return TOP + (1 - share) * this.height; }

    stroke(pen, row) {
      pen.beginPath();
      let isDown = false;
      this.axes.forEach((axis, index) => {
        const place = axis.place(row);
        if (place === null) {
          isDown = false;
          return;
        }
        if (isDown) pen.lineTo(this.xs[index], this.y(place));
        else pen.moveTo(this.xs[index], this.y(place));
        isDown = true;
      });
      pen.stroke();
    }

    label(pen) {
      pen.font = "11px system-ui, sans-serif";
      const [soft, ink, paper] = ["--soft", "--ink", "--paper"].map(css);
      this.axes.forEach((axis, index) => {
        const x = this.xs[index];
        pen.strokeStyle = soft;
        pen.lineWidth = 1;
        pen.strokeRect(x, TOP, 0.1, this.height);
        const range = this.ranges.get(index);
        if (range) {
          pen.strokeStyle = ink;
          pen.lineWidth = 5;
          pen.strokeRect(x, this.y(range[1]), 0.1, (range[1] - range[0]) * this.height);
        }
        pen.lineJoin = "round";
        const write = (text, px, py, colour) => {
          pen.strokeStyle = paper;
          pen.lineWidth = 3;
          pen.strokeText(text, px, py);
          pen.fillStyle = colour;
          pen.fillText(text, px, py);
        };
        pen.textAlign = "left";
        pen.textBaseline = "middle";
        for (const [share, text] of axis.ticks) write(text.length > 14 ? text.slice(0, 13) + "…" : text, x + 5, this.y(share), soft);
        pen.textAlign = index === 0 ? "left" : "center";
        const name = axis.name.length > 18 ? axis.name.slice(0, 17) + "…" : axis.name;
        write(name, index === 0 ? 2 : Math.min(x, parseFloat(this.canvas.style.width) - pen.measureText(name).width / 2 - 2), index % 2 ? 8 : 8, ink);
      });
    }

    // The line that passes nearest.
    point(event) {
      if (!this.xs) return;
      if (this.held) return this.pull(event);
      const { offsetX: x, offsetY: y } = event;
      let index = this.xs.findIndex((value) => value > x) - 1;
      if (index < 0) index = x < this.xs[0] ? 0 : this.xs.length - 2;
      if (this.axes.length < 2) return;
      const part = Math.max(0, Math.min(1, (x - this.xs[index]) / (this.xs[index + 1] - this.xs[index])));
      let best = null;
      let least = 12;
      for (const row of this.points.rows) {
        const [a, b] = [this.axes[index].place(row), this.axes[index + 1].place(row)];
        if (a === null || b === null || !this.isKept(row)) continue;
        const away = Math.abs(this.y(a + (b - a) * part) - y);
        if (away < least) [best, least] = [row, away];
      }
      if (best !== this.near) this.draw(best);
      if (!best) return labbook.tip(event, null);
      const words = this.points.keys.map((key, place) => best.values[place] === null ? null : `${key} = ${best.values[place]}`).filter(Boolean);
      const value = best.mean === null ? "no value" : labbook.number(best.mean) + (best.std === null ? "" : " ± " + labbook.number(best.std));
      labbook.tip(event, words.join("\n") + `\n${this.points.metric} ${value} (${best.n})`);
    }

    grip(event) {
      this.dragged = false;
      const index = this.xs?.findIndex((x) => Math.abs(x - event.offsetX) < 10) ?? -1;
      if (index < 0) return;
      this.held = { index, from: event.offsetY };
      this.canvas.setPointerCapture(event.pointerId);
    }

    pull(event) {
      const ends = [this.held.from, event.offsetY].map((y) => 1 - (y - TOP) / this.height);
      if (Math.abs(event.offsetY - this.held.from) < 4) return;
      this.dragged = true;
      this.ranges.set(this.held.index, [Math.min(...ends), Math.max(...ends)]);
      this.draw(null);
    }

    release() {
      if (!this.held) return;
      if (!this.dragged && this.ranges.delete(this.held.index)) this.draw(null);
      else if (!this.dragged) this.dragged = this.near === null;
      this.held = null;
    }
  }

  labbook.beginPoints("parallel", (place) => new Parallel(place));
})();
