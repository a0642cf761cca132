// Follows a view of the store: events come as long as the page is seen, and go on where they were.
"use strict";
labbook.follow = (query, handlers) => {
  let source = null;
  const open = () => {
    if (source) return;
    source = new EventSource("/events?" + query);
    for (const [name, take] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => take(JSON.parse(event.data)));
    }
    source.addEventListener("problem", (event) => {
      // What the address has wrong stays wrong.
      source.close();
      if (handlers.problem === undefined) labbook.say(JSON.parse(event.data).error);
    });
  };
  const close = () => {
    if (source) source.close();
    source = null;
  };
  // A page that nobody sees asks for nothing; it begins anew when it is seen again.
  const look = () => (document.hidden ? close() : open());
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    close();
  };
};

// Says something at the end of the page's head, for readers of screens too.
labbook.say = (text) => {
  let place = document.getElementById("said");
  if (!place) {
    place = document.createElement("p");
    place.id = "said";
    place.className = "error";
    place.setAttribute("role", "status");
    document.querySelector("main").prepend(place);
  }
  place.textContent = text;
};
