// What every page does: keys that lead around, buttons that copy, times in the reader's zone.
"use strict";
document.documentElement.classList.add("js");

const labbook = {
  // Whether a key that was pressed is meant for a field.
  isTyping(event) {
    return event.ctrlKey || event.metaKey || event.altKey
      || event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
  },
  // The address of this page with some items of its query changed; null takes an item away.
  address(changes) {
    const url = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    return url.pathname + url.search.replaceAll("%2C", ",").replaceAll("%2F", "/") + url.hash;
  },
  // Writes times as the reader's clock shows them; the whole stays in their hint.
  tellTimes(root) {
    for (const time of root.querySelectorAll("time[datetime]:not([title])")) {
      const date = new Date(time.dateTime);
      if (isNaN(date)) continue;
      time.title = time.dateTime;
      const isToday = date.toDateString() === new Date().toDateString();
      time.textContent = isToday
        ? date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
        : date.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
    }
  },
};

// MLflow's client prints addresses of pages of its own, such as /#/experiments/3/runs/ID.
function followClientLink() {
  if (location.pathname !== "/" || !location.hash.startsWith("#/experiments/")) return;
  location.replace("/linked" + location.hash.slice(1));
}
addEventListener("hashchange", followClientLink);
followClientLink();

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches("input, textarea, select")) event.target.blur();
  if (labbook.isTyping(event)) return;
  if (event.key === "?") document.getElementById("keys").showModal();
  else if (event.key === "/") {
    const filter = document.querySelector("[data-filter]");
    if (!filter) return;
    filter.focus();
    filter.select();
  } else return;
  event.preventDefault();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.keys !== undefined) document.getElementById("keys").showModal();
  if (button.dataset.copy === undefined) return;
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "copied";
  } catch {
    button.textContent = "not allowed";
  }
  setTimeout(() => { button.textContent = words; }, 1500);
});

labbook.tellTimes(document);
