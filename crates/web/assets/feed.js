// The feed of a group in the console, improved: lines are put at its end as they are committed.
// Without it the page shows them when it is loaded again. Invariant: each line once, by its seq.
"use strict";
(() => {
  const box = document.querySelector("[data-feed]");
  if (!box || !box.dataset.feed || !window.EventSource) return;
  const log = document.getElementById("log");
  let last = +box.dataset.last;
  const source = new EventSource(box.dataset.feed);
  const change = (li) => {
    const of = li.dataset.took || li.dataset.edit;
    const text = of && document.querySelector("#m" + CSS.escape(of) + " .text");
    if (!text) return;
    if (li.dataset.took) text.textContent = li.textContent;
    else text.innerHTML = li.innerHTML;
  };
  source.addEventListener("line", (event) => {
    const seq = +event.lastEventId;
    if (seq <= last) return;
    last = seq;
    const part = document.createElement("template");
    part.innerHTML = event.data;
    for (const li of [...part.content.children]) {
      const day = li.dataset.day;
      if (day && log.querySelector('[data-day="' + day + '"]')) continue;
      log.append(li);
      change(li);
    }
  });
  source.addEventListener("reload", () => {
    source.close();
    location.reload();
  });
})();
