// A sweep's page goes on as its runs do: what the server tells of them is asked for again.
"use strict";
(() => {
  let last = Date.now();
  let waits = null;
  const refresh = async () => {
    waits = null;
    last = Date.now();
    const reply = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!reply.ok) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    for (const part of document.querySelectorAll("[data-fresh]")) {
      const fresh = page.querySelector(`[data-fresh="${part.dataset.fresh}"]`);
      // A part that somebody is in stays.
      if (!fresh || part.contains(document.activeElement)) continue;
      for (const [index, box] of part.querySelectorAll("details").entries()) {
        if (box.open) fresh.querySelectorAll("details")[index]?.setAttribute("open", "");
      }
      part.replaceWith(fresh);
    }
    labbook.tellTimes?.(document);
    labbook.points?.clear();
    document.dispatchEvent(new CustomEvent("labbook:points"));
  };
  // What happened between the page and its first event is not in the page.
  const said = () => [...document.querySelectorAll(".statuses li")].map((item) => item.textContent.trim());
  const counted = (runs) => {
    const counts = new Map();
    for (const [, status] of runs) counts.set(status, (counts.get(status) ?? 0) + 1);
    return [...counts].map(([status, count]) => `${count} ${status}`);
  };
  document.addEventListener("labbook:runs", (event) => {
    const { isNew, runs } = event.detail;
    if (waits || (isNew && said().sort().join() === counted(runs).sort().join())) return;
    waits = setTimeout(refresh, Math.max(0, last + 3000 - Date.now()));
  });
})();
