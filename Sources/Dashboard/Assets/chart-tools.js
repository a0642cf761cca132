// What stands above curves: how they are shown, and which line is which.
"use strict";
(() => {
  const labelled = (text, control) => {
    const label = document.createElement("label");
    label.append(text, control);
    return label;
  };
  const select = (value, values, change) => {
    const list = document.createElement("select");
    for (const [name, words] of values) list.add(new Option(words, name, false, name === value));
    list.addEventListener("change", () => change(list.value));
    return list;
  };

  labbook.chartTools = (curves) => {
    const { state } = curves;
    const smooth = document.createElement("input");
    Object.assign(smooth, { type: "range", min: 0, max: 0.99, step: 0.01, value: state.smooth });
    const told = document.createElement("output");
    told.textContent = state.smooth === "0" ? "none" : state.smooth;
    smooth.addEventListener("input", () => { told.textContent = smooth.value === "0" ? "none" : smooth.value; });
    smooth.addEventListener("change", () => curves.change({ smooth: smooth.value }));
    const smoothing = labelled("smooth", smooth);
    smoothing.append(told);
    const reset = document.createElement("button");
    reset.type = "button";
    reset.textContent = "whole axis";
    reset.addEventListener("click", () => curves.reset());
    curves.tools.className = "chart-tools";
    curves.tools.append(
      labelled("along", select(state.axis, ["step", "epoch", "samples", "time"].map((name) => [name, name]),
        (axis) => curves.change({ axis }))),
      smoothing,
      labelled("log", select(state.log, [["", "none"], ["y", "y"], ["x", "x"], ["xy", "both"]],
        (log) => curves.change({ log }))));
    if (curves.base.get("by")) {
      curves.tools.append(labelled("band", select(state.band,
        ["std", "sem", "ci", "quartiles", "range", "none"].map((name) => [name, name]),
        (band) => curves.change({ band }))));
    }
    curves.tools.append(reset);
  };

  const swatch = (line) => {
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("viewBox", "0 0 32 10");
    picture.setAttribute("aria-hidden", "true");
    const stroke = document.createElementNS("http://www.w3.org/2000/svg", "path");
    stroke.setAttribute("d", "M1 5H31");
    stroke.setAttribute("stroke", line.color);
    stroke.setAttribute("stroke-width", "3");
    if (line.dashes?.length) stroke.setAttribute("stroke-dasharray", line.dashes.join(" "));
    picture.append(stroke);
    return picture;
  };

  // A button a line, which hides it; the lines of all small charts that are the same once.
  labbook.chartLegend = (curves) => {
    const seen = new Map();
    for (const line of curves.lines.values()) {
      const name = line.run ? line.id : line.name;
      if (!seen.has(name)) seen.set(name, []);
      seen.get(name).push(line);
    }
    const shape = [...seen].map(([name, lines]) => name + lines[0].mean_of + lines.length).join("\n");
    if (shape === curves.legendShape) return;
    curves.legendShape = shape;
    curves.legend.replaceChildren(...[...seen.values()].map((lines) => {
      const [line] = lines;
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", String(!curves.hidden.has(line.id)));
      const text = document.createElement("span");
      text.textContent = line.runs > 1 ? `${line.name} (${line.mean_of})` : line.name;
      button.title = line.runs > 1 ? `${line.name}: mean of ${line.mean_of} runs` : line.name;
      button.append(swatch(line), text);
      button.addEventListener("click", () => {
        const isHidden = button.getAttribute("aria-pressed") === "true";
        button.setAttribute("aria-pressed", String(!isHidden));
        for (const one of lines) curves.hide(one.id, isHidden);
      });
      const highlight = (isOn) => {
        for (const plot of curves.plots.values()) {
          const own = plot.lines.find((one) => lines.some(({ id }) => id === one.id));
          if (own) plot.highlight(isOn ? own.key : null);
        }
      };
      button.addEventListener("pointerenter", () => highlight(true));
      button.addEventListener("pointerleave", () => highlight(false));
      const item = document.createElement("li");
      item.append(button);
      if (line.run) {
        const link = document.createElement("a");
        link.href = "/runs/" + line.run;
        link.textContent = "→";
        link.setAttribute("aria-label", "open run " + line.name);
        if (location.pathname !== link.pathname) item.append(link);
      }
      return item;
    }));
  };
})();
