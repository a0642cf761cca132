// One chart of lines over an axis, drawn by Dygraphs.
"use strict";
// Dygraphs' own legend sets styles that the page's policy forbids; the page has one of its own.
Dygraph.PLUGINS = Dygraph.PLUGINS.filter((plugin) => plugin !== Dygraph.Plugins.Legend);

labbook.Plot = class {
  // Builds the chart in a place; options: logX, logY, axisName, onZoom(low, high), onPoint(name).
  constructor(place, title, options) {
    this.options = options;
    this.lines = [];
    this.hidden = new Set();
    const heading = document.createElement("h3");
    heading.textContent = title;
    this.readout = document.createElement("div");
    this.readout.className = "readout";
    this.box = document.createElement("div");
    this.box.className = "plot";
    this.box.tabIndex = 0;
    this.box.setAttribute("role", "img");
    this.box.setAttribute("aria-label", title + ": arrow keys move, + and - zoom, 0 shows all");
    const axis = document.createElement("p");
    axis.className = "plot-x";
    axis.textContent = options.axisName;
    place.append(heading, this.readout, this.box, axis);
    this.box.addEventListener("keydown", (event) => this.key(event));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  // Rows of Dygraphs: every x once; null where a line has no point there, not-a-number where it has a gap.
  rows() {
    const { logX } = this.options;
    const shown = this.columns();
    const places = new Set();
    for (const { x } of shown) for (const value of x) if (!logX || value > 0) places.add(value);
    const sorted = Float64Array.from(places).sort();
    const index = new Map();
    const rows = Array.from(sorted, (x, row) => {
      index.set(x, row);
      return [x, ...shown.map(() => (this.hasBands ? [null, null, null] : null))];
    });
    shown.forEach(({ x, y, low, high }, column) => {
      x.forEach((value, point) => {
        const row = index.get(value);
        if (row === undefined) return;
        const middle = y[point] === null ? NaN : y[point];
        rows[row][column + 1] = this.hasBands
          ? [low?.[point] ?? middle, middle, high?.[point] ?? middle] : middle;
      });
    });
    return rows;
  }

  // Faint lines of what was measured first, then the lines themselves.
  columns() {
    const faint = this.lines.filter((line) => line.raw_x).map((line) => ({
      line, label: "raw " + line.key, x: line.raw_x, y: line.raw_y, isFaint: true,
    }));
    return faint.concat(this.lines.map((line) => ({
      line, label: line.key, x: line.x, y: line.y, low: line.low, high: line.high,
    })));
  }

  // Shows lines; zoomed keeps the part of the axis that is looked at.
  show(lines, zoomed = null) {
    this.lines = lines;
    this.zoomed = zoomed;
    this.draw();
  }

  draw() {
    this.hasBands = this.lines.some((line) => line.low);
    const columns = this.columns();
    const rows = this.rows();
    const isEmpty = rows.length === 0 || columns.length === 0;
    this.box.classList.toggle("empty", isEmpty);
    if (isEmpty) return;
    const ink = getComputedStyle(document.documentElement);
    const series = {};
    const many = this.lines.length > 12;
    for (const { label, line, isFaint } of columns) {
      series[label] = {
        color: line.color, strokeWidth: isFaint ? 0.7 : many ? 1.2 : 1.8,
        strokePattern: isFaint || !line.dashes?.length ? null : line.dashes,
        highlightCircleSize: isFaint ? 0 : 3,
      };
    }
    const settings = {
      file: rows, labels: ["x", ...columns.map(({ label }) => label)], series,
      customBars: this.hasBands, connectSeparatedPoints: true, legend: "never", fillAlpha: 0.16,
      visibility: columns.map(({ line }) => !this.hidden.has(line.id)),
      logscale: this.options.logY,
      axes: { x: { logscale: this.options.logX, axisLabelWidth: 60, pixelsPerLabel: this.box.clientWidth < 400 ? 48 : 70, axisLabelFormatter: labbook.tick },
        y: { axisLabelWidth: 56, pixelsPerLabel: 26, axisLabelFormatter: labbook.tick } },
      gridLineColor: ink.getPropertyValue("--grid-line").trim(), gridLineWidth: 1,
      axisLineColor: ink.getPropertyValue("--soft").trim(),
      xRangePad: 4, yRangePad: 6, colors: columns.map(({ line }) => line.color),
      drawPoints: rows.length < 2, pointSize: 3, valueRange: this.options.range ?? null,
      highlightSeriesOpts: { strokeWidth: 2.6, highlightCircleSize: 4 },
      highlightSeriesBackgroundAlpha: 0.75, highlightSeriesBackgroundColor: ink.getPropertyValue("--paper").trim(),
      zoomCallback: (low, high) => this.options.onZoom?.(this, low, high, this.isWhole(low, high)),
      highlightCallback: (event, x, points, row, label) => this.tell(x, points, label),
      unhighlightCallback: () => { this.readout.textContent = ""; },
    };
    const names = settings.labels.join("\n");
    if (this.chart && names === this.names) {
      this.chart.updateOptions(this.zoomed ? { ...settings, dateWindow: this.zoomed } : settings);
      return;
    }
    const window = this.zoomed ?? this.chart?.xAxisRange();
    const wasZoomed = this.chart?.isZoomed("x") || this.zoomed;
    this.chart?.destroy();
    this.names = names;
    const { file, ...first } = settings;
    this.chart = new Dygraph(this.box, file, wasZoomed ? { ...first, dateWindow: window } : first);
  }

  // Takes the room that it has now.
  fit() {
    if (this.chart && this.chart.width_ !== this.box.clientWidth) this.chart.resize();
  }

  isWhole(low, high) {
    const [first, last] = this.chart.xAxisExtremes();
    return low <= first && high >= last;
  }

  // Says what lies under the pointer.
  tell(x, points, label) {
    const point = points.find(({ name }) => name === label) ?? points[0];
    if (!point) return;
    const line = this.lines.find(({ key }) => key === point.name || "raw " + key === point.name);
    if (!line) return;
    const others = points.length > 1 ? `, ${points.length - 1} more` : "";
    this.readout.textContent =
      `${this.options.axisName} ${labbook.number(x)}: ${labbook.number(point.yval)}  ${line.name}${others}`;
  }

  key(event) {
    if (!this.chart || event.ctrlKey || event.metaKey || event.altKey) return;
    const [low, high] = this.chart.xAxisRange();
    const width = high - low;
    const to = {
      ArrowLeft: [low - width / 8, high - width / 8], ArrowRight: [low + width / 8, high + width / 8],
      "+": [low + width / 6, high - width / 6], "=": [low + width / 6, high - width / 6],
      "-": [low - width / 4, high + width / 4],
    }[event.key];
    if (event.key === "0") this.reset();
    else if (to) this.chart.updateOptions({ dateWindow: to });
    else return;
    event.preventDefault();
  }

  reset() {
    this.zoomed = null;
    this.chart?.updateOptions({ dateWindow: null, valueRange: this.options.range ?? null });
    this.options.onZoom?.(this, null, null, true);
  }

  hide(ids) {
    this.hidden = ids;
    this.chart?.updateOptions({ visibility: this.columns().map(({ line }) => !ids.has(line.id)) });
  }

  highlight(key) {
    if (!this.chart) return;
    if (key === null) this.chart.clearSelection();
    else if (this.names.split("\n").includes(key)) this.chart.setSelection(false, key);
  }
};

// A number as people read it.
labbook.number = (value) => {
  if (value === null || Number.isNaN(value)) return "not a number";
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return String(Number(value.toPrecision(5)));
  return value.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
};

// A number along an axis.
labbook.tick = (value) => {
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size >= 1e6 || size < 1e-3) return value.toExponential().replace(/\.?0+e/, "e").replace("e+", "e").slice(0, 8);
  return String(Number(value.toPrecision(6)));
};
