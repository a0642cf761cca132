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
  document.addEventListener("labbook:runs", (event) => {
    if (event.detail.isNew || waits) return;
    waits = setTimeout(refresh, Math.max(0, last + 3000 - Date.now()));
  });
})();
