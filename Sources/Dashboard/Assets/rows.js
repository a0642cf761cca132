// Goes through the rows of a page by keys: an element with data-row is a row, its name what
// data-row says; it survives that a table draws its rows anew.
"use strict";
{
  let name = null;
  // A row that is pinned stands twice; keys go through the table.
  const rows = () => {
    const all = [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
    const listed = new Set(all.filter((row) => !row.closest(".pinned")).map((row) => row.dataset.row));
    return all.filter((row) => !row.closest(".pinned") || !listed.has(row.dataset.row));
  };
  const current = () => rows().find((row) => row.dataset.row === name);

  const mark = () => {
    for (const row of document.querySelectorAll("[data-row]")) {
      const isAt = row.dataset.row === name;
      row.classList.toggle("at", isAt);
      if (isAt) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
  };

  const firstSeen = (all) => all.find((row) => row.getBoundingClientRect().top >= 40) ?? all[0];

  const move = (by) => {
    const all = rows();
    if (all.length === 0) return;
    const place = all.findIndex((row) => row.dataset.row === name);
    const next = place < 0 ? firstSeen(all) : all[Math.min(all.length - 1, Math.max(0, place + by))];
    name = next.dataset.row;
    mark();
    next.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (labbook.isTyping(event) || document.querySelector("dialog[open]")) return;
    const onControl = event.target.closest("a, button, summary, input");
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "Enter" && !onControl) current()?.querySelector("a[href]")?.click();
    else if (event.key === " " && !onControl && current()?.querySelector("input[type=checkbox]")) {
      current().querySelector("input[type=checkbox]").click();
    } else if (event.key === "p") current()?.querySelector("[data-pin]")?.click();
    else return;
    event.preventDefault();
  });

  document.addEventListener("labbook:rows", () => {
    mark();
    labbook.tellTimes(document);
  });
}
