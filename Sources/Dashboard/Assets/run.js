// A run's page says where the run stands as soon as that changes.
"use strict";
document.addEventListener("labbook:status", async () => {
  const reply = await fetch(location.href);
  if (!reply.ok) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  for (const part of ["header.run", "[data-metrics]"]) {
    const [here, fresh] = [document.querySelector(part), page.querySelector(part)];
    if (here && fresh && !here.contains(document.activeElement)) here.replaceWith(fresh);
  }
  labbook.tellTimes(document);
});
