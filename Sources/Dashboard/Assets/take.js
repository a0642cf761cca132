// Takes a chart away: as gnuplot draws it, and as the cell of a notebook.
"use strict";
// Builds what stands below a chart; returns what brings its links up to date. `add` puts into the
// address of the figure what the reader has chosen.
labbook.take = (place, add) => {
  const { figure, why } = place.dataset;
  const box = document.createElement("details");
  box.className = "take";
  const summary = document.createElement("summary");
  summary.textContent = "as figure, as cell";
  const links = document.createElement("p");
  const cell = document.createElement("div");
  box.append(summary, links, cell);
  place.append(box);
  if (!figure) {
    links.textContent = why ?? "a figure is of one sweep: choose runs of one";
    return () => {};
  }
  const query = () => {
    const asked = new URLSearchParams(figure);
    add(asked);
    return asked.toString();
  };
  const fill = async () => {
    if (!box.open) return;
    const asked = query();
    // A drawing is as dark as its page; a cell leaves that to its readers.
    const drawn = asked + (matchMedia("(prefers-color-scheme: dark)").matches ? "&theme=dark" : "");
    const link = (words, address) => {
      const way = document.createElement("a");
      way.href = address;
      way.textContent = words;
      if (!address.includes("download")) way.target = "_blank";
      return way;
    };
    links.replaceChildren(
      link("look", "/figure.svg?" + drawn),
      ...["svg", "png", "pdf"].map((form) => link(form, `/figure.${form}?${drawn}&download=1`)));
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
