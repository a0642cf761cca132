// The notebook's page: pieces are replaced as the server says what has changed.
"use strict";
(() => {
  const article = document.getElementById("notebook");
  const status = document.getElementById("notebook-status");
  const problems = document.getElementById("notebook-problems");
  if (!article) return;

  const parsed = (html) => {
    const section = document.createElement("section");
    section.className = "cell";
    const template = document.createElement("template");
    template.innerHTML = html;
    section.append(template.content);
    return section;
  };

  // What a reader has opened stays open.
  const keepOpen = (before, now) => {
    const old = before.querySelectorAll("details");
    now.querySelectorAll("details").forEach((details, place) => {
      if (old[place] && old[place].open) details.open = true;
    });
    const scrolled = before.querySelector(".picture, .wide");
    const scrolls = now.querySelector(".picture, .wide");
    if (scrolled && scrolls) requestAnimationFrame(() => { scrolls.scrollLeft = scrolled.scrollLeft; });
  };

  // A drawing takes the place of the one before when it is there, so that nothing flickers.
  const loaded = async (section) => {
    for (const image of section.querySelectorAll("img")) {
      try { await image.decode(); } catch { /* the page says what is missing */ }
    }
  };

  let waiting = Promise.resolve();

  const arrange = async (order, pieces) => {
    const known = new Map();
    for (const section of article.querySelectorAll(":scope > .cell")) {
      const list = known.get(section.dataset.hash) || [];
      list.push(section);
      known.set(section.dataset.hash, list);
    }
    const before = [...article.children];
    const next = order.map((hash) => {
      const list = known.get(hash);
      if (list && list.length > 1) return list.shift();
      if (list && list.length === 1 && !list[0].taken) {
        list[0].taken = true;
        return list[0];
      }
      const section = hash in pieces ? parsed(pieces[hash]) : list[0].cloneNode(true);
      section.dataset.hash = hash;
      return section;
    });
    const kept = new Set(next);
    next.forEach((section) => { delete section.taken; });
    const fresh = next.filter((section) => !section.isConnected);
    fresh.forEach((section) => {
      const old = before[next.indexOf(section)];
      if (old && !kept.has(old)) keepOpen(old, section);
    });
    await Promise.all(fresh.map(loaded));
    for (const section of before) if (!kept.has(section)) section.remove();
    next.forEach((section, place) => {
      if (article.children[place] !== section) {
        article.insertBefore(section, article.children[place] || null);
      }
    });
  };

  const take = (change) => {
    if (change.status !== undefined) status.innerHTML = change.status;
    if (change.problems !== undefined) {
      problems.innerHTML = change.problems;
      article.classList.toggle("stale", change.problems !== "");
    }
    if (change.language) article.lang = change.language;
    if (change.order) waiting = waiting.then(() => arrange(change.order, change.pieces)).catch(() => {});
  };

  const since = encodeURIComponent(article.dataset.since);
  const events = new EventSource("/events?view=notebook&since=" + since);
  events.addEventListener("notebook", (event) => take(JSON.parse(event.data)));
  events.addEventListener("open", () => document.body.classList.remove("cut-off"));
  events.addEventListener("error", () => document.body.classList.add("cut-off"));
})();
