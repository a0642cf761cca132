// Takes a chart away: as gnuplot draws it, and as the cell of a notebook.
"use strict";
// Builds what stands below a chart; returns what brings its links up to date.
labbook.take = (curves) => {
  const { figure, why } = curves.place.dataset;
  const box = document.createElement("details");
  box.className = "take";
  const summary = document.createElement("summary");
  summary.textContent = "as figure, as cell";
  const links = document.createElement("p");
  const cell = document.createElement("div");
  box.append(summary, links, cell);
  curves.place.append(box);
  if (!figure) {
    links.textContent = why ?? "a figure is of one sweep: choose runs of one";
    return () => {};
  }
  const query = () => {
    const asked = new URLSearchParams(figure);
    const { axis, smooth, log, band } = curves.state;
    if (asked.get("kind") === "curves") {
      asked.set("axis", axis);
      if (smooth !== "0") asked.set("smooth", smooth);
      if (log) asked.set("log", log === "xy" ? "x,y" : log);
      if (band !== "std") asked.set("band", band);
    }
    if (matchMedia("(prefers-color-scheme: dark)").matches) asked.set("theme", "dark");
    return asked.toString();
  };
  const fill = async () => {
    if (!box.open) return;
    const asked = query();
    const link = (words, address) => {
      const way = document.createElement("a");
      way.href = address;
      way.textContent = words;
      if (!address.includes("download")) way.target = "_blank";
      return way;
    };
    links.replaceChildren(
      link("look", "/figure.svg?" + asked),
      ...["svg", "png", "pdf"].map((form) => link(form, `/figure.${form}?${asked}&download=1`)));
    const reply = await fetch("/figure.yaml?" + asked);
    const text = await reply.text();
    const code = document.createElement("pre");
    code.textContent = text;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "copy";
    copy.textContent = "copy";
    copy.dataset.copy = text;
    cell.replaceChildren(code, ...(reply.ok ? [copy] : []));
  };
  box.addEventListener("toggle", fill);
  return fill;
};
