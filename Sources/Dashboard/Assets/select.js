// Selecting and pinning rows: both stand in the address.
"use strict";
{
  const read = (name) => (new URL(location.href).searchParams.get(name) ?? "").split(",").filter(Boolean);
  const selected = new Set(read("select"));

  const show = () => {
    for (const box of document.querySelectorAll("input[name=select]")) box.checked = selected.has(box.value);
    const compare = document.querySelector("[data-compare]");
    const clear = document.querySelector("[data-clear]");
    if (compare) {
      compare.textContent = selected.size > 0 ? `Compare ${selected.size}` : "Compare";
      compare.disabled = selected.size === 0;
    }
    if (clear) clear.hidden = selected.size === 0;
    for (const pin of document.querySelectorAll(".pinned [data-pin]")) {
      pin.textContent = "×";
      pin.title = "No longer pin (p)";
    }
  };
  const keep = () => {
    history.replaceState(null, "", labbook.address({ select: [...selected].join(",") }));
    // Links of this page lead to other views of the same selection.
    for (const link of document.querySelectorAll("main a[href^='/runs?'], main a[href='/runs']")) {
      const url = new URL(link.href);
      if (selected.size > 0) url.searchParams.set("select", [...selected].join(","));
      else url.searchParams.delete("select");
      if (!link.closest("tr")) link.href = url.pathname + url.search.replaceAll("%2C", ",");
    }
  };

  // Pinned rows change where they stand, so that the place in a long table is kept.
  const repin = async (address) => {
    const reply = await fetch(address);
    if (!reply.ok) return location.assign(address);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    history.replaceState(null, "", address);
    for (const part of [".above", ".facets", "#rows"]) {
      const [here, fresh] = [document.querySelector(part), page.querySelector(part)];
      if (here && fresh) here.replaceWith(fresh);
    }
    const head = document.querySelector("[data-table] thead");
    head.replaceChildren(...page.querySelector("[data-table] thead").children);
    document.querySelector("tbody.pinned")?.remove();
    const pinned = page.querySelector("tbody.pinned");
    if (pinned) head.after(pinned);
    fold();
    keep();
    document.dispatchEvent(new CustomEvent("labbook:rows"));
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[name=select]")) {
      if (event.target.checked) selected.add(event.target.value);
      else selected.delete(event.target.value);
      keep();
      show();
    }
    event.target.closest("form[data-auto]")?.requestSubmit();
  });

  document.addEventListener("click", (event) => {
    const pin = event.target.closest("[data-pin]");
    if (pin) {
      event.preventDefault();
      const pins = read("pin");
      const rest = pins.filter((name) => name !== pin.value);
      const isPinned = rest.length < pins.length;
      repin(labbook.address({ pin: (isPinned ? rest : [...pins, pin.value]).join(",") }));
    } else if (event.target.closest("[data-compare]")) {
      event.preventDefault();
      if (selected.size > 0) location.assign(labbook.address({ select: [...selected].join(","), go: "compare" }));
    } else if (event.target.closest("[data-clear]")) {
      selected.clear();
      keep();
      show();
    } else {
      const chooser = document.querySelector(".chooser[open]");
      if (chooser && !chooser.contains(event.target)) chooser.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "c" && !labbook.isTyping(event) && selected.size > 0) document.querySelector("[data-compare]")?.click();
  });
  const fold = () => {
    if (!matchMedia("(max-width: 48rem)").matches) return;
    for (const part of document.querySelectorAll("[data-narrow]")) part.open = false;
  };
  fold();
  document.addEventListener("labbook:rows", show);
  show();
}
