// The log of a program, line by line as it comes.
"use strict";
for (const place of document.querySelectorAll("[data-log]")) {
  const text = document.createElement("pre");
  text.className = "log-text";
  text.tabIndex = 0;
  text.setAttribute("aria-label", "the program's log");
  const remark = document.createElement("p");
  remark.className = "remark";
  place.replaceChildren(text, remark);
  labbook.follow("view=log&run=" + place.dataset.log, {
    log: (body) => {
      const isAtEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 8;
      if (body.anew) text.textContent = body.text;
      else text.append(body.text);
      if (isAtEnd) text.scrollTop = text.scrollHeight;
      const left = body.left_out ? `the first ${body.left_out} bytes are left out; ` : "";
      remark.textContent = left + (body.ended ? "the program has ended" : "the program is at work");
    },
    problem: (body) => { remark.textContent = body.error; },
  });
}
