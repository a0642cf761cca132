// The log of a program at work, line by line as it comes.
"use strict";
for (const text of document.querySelectorAll("[data-log]")) {
  const remark = document.createElement("p");
  remark.className = "remark";
  remark.setAttribute("role", "status");
  text.after(remark);
  text.scrollTop = text.scrollHeight;
  labbook.follow("view=log&run=" + text.dataset.log, {
    log: (body) => {
      const isAtEnd = text.scrollTop + text.clientHeight >= text.scrollHeight - 8;
      if (body.anew) text.textContent = body.text;
      else text.append(body.text);
      if (isAtEnd) text.scrollTop = text.scrollHeight;
      remark.textContent = body.ended ? "the program has ended" : "the program is at work";
    },
    problem: (body) => { remark.textContent = body.error; },
  });
}
