// Today: keys, forms that take their row away, and rows that come and go by themselves.
// Without this script every form posts and comes back to the page.
(() => {
  "use strict";
  const page = document.getElementById("hq-today");
  if (!page) return;
  const EVERY_MS = 4000;
  const find = (what, within = document) => within.querySelector(what);
  const rows = () => [...document.querySelectorAll("#hq-rows > .hq-row")];
  const current = () => document.activeElement?.closest?.(".hq-row") ?? find(".hq-row.hq-on");
  const types = (at) => at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);

  const go = (row) => {
    if (!row) return;
    rows().forEach((one) => one.classList.toggle("hq-on", one === row));
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = rows();
    const at = all.indexOf(current());
    go(all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))]);
  };

  // What is typed or looked at is never taken away.
  const busy = (row) =>
    row.contains(document.activeElement) && document.activeElement !== row ||
    [...row.querySelectorAll("textarea")].some((one) => one.value !== one.defaultValue) ||
    !!find("details[open]", row);

  const take = (row) => {
    const all = rows();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    const held = row.contains(document.activeElement) || row.classList.contains("hq-on");
    row.remove();
    if (held && next) go(next);
    if (!next) sync();
  };

  const say = (words, undo) => {
    const place = document.getElementById("hq-said");
    const box = document.createElement("div");
    box.className = "alert alert-success hq-said-row";
    const text = document.createElement("div");
    text.textContent = words;
    box.append(text);
    if (undo) {
      const form = document.createElement("form");
      form.method = "post";
      form.action = "/today/returns";
      form.className = "hq-undo";
      form.dataset.again = "";
      for (const [name, value] of Object.entries(undo)) {
        const field = document.createElement("input");
        Object.assign(field, { type: "hidden", name, value });
        form.append(field);
      }
      const button = document.createElement("button");
      button.className = "btn btn-sm";
      button.textContent = page.dataset.undo;
      form.append(button);
      box.append(form);
    }
    place.replaceChildren(box);
  };

  const wrong = (form, words) => {
    const place = find(".hq-wrong", form.closest(".hq-row") ?? page);
    if (place) place.textContent = words;
    else say(words);
  };

  const post = async (form, button) => {
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    const fields = new URLSearchParams(new FormData(form, button));
    try {
      const answer = await fetch(form.action, {
        method: "POST", body: fields, headers: { accept: "application/json" },
      });
      const told = await answer.json();
      if (!answer.ok) {
        wrong(form, told.say ?? page.dataset.failed);
        return;
      }
      const row = form.closest(".hq-row");
      if (told.code === "back" || told.code === "retried") await sync();
      const undo = told.undo && {
        row_source: fields.get("row_source"), row_key: fields.get("row_key"),
        here: fields.get("here"),
      };
      say(told.say, undo);
      if (row) take(row);
      sync();
    } catch {
      wrong(form, page.dataset.failed);
    } finally {
      delete form.dataset.busy;
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches(".hq-act, .hq-undo")) return;
    event.preventDefault();
    post(form, event.submitter);
  });

  // New rows are put in their place; rows that are gone go, unless somebody is at them.
  const lay = (fresh) => {
    const list = document.getElementById("hq-rows");
    const known = new Map(rows().map((row) => [row.id, row]));
    let before = null;
    for (const row of fresh.querySelectorAll("#hq-rows > .hq-row")) {
      let here = known.get(row.id);
      if (here) {
        known.delete(row.id);
        const age = find(".hq-age", here);
        if (age) age.textContent = find(".hq-age", row)?.textContent ?? "";
      } else {
        here = document.importNode(row, true);
        if (before) before.after(here);
        else list.prepend(here);
      }
      before = here;
    }
    for (const row of known.values()) {
      if (busy(row)) wrong(find("form", row) ?? row, page.dataset.gone);
      else take(row);
    }
    // The menu says how many there are, too.
    const { total } = find("#hq-list", fresh).dataset;
    for (const badge of document.querySelectorAll('a[href="/today"] .hq-badge')) {
      badge.hidden = total === "0";
      badge.lastChild.textContent = total;
    }
    const empty = document.getElementById("hq-empty");
    const none = find("#hq-empty", fresh);
    if (!none) empty?.remove();
    else if (!empty && !rows().length) list.before(document.importNode(none, true));
    const filters = document.getElementById("hq-filters");
    if (!filters.contains(document.activeElement) && !find("details[open]", filters)) {
      filters.replaceWith(document.importNode(find("#hq-filters", fresh), true));
    }
  };

  let turn = 0;
  const sync = async () => {
    const mine = ++turn;
    const here = document.getElementById("hq-list").dataset.here;
    try {
      const answer = await fetch(here.replace("/today", "/today/rows"));
      if (!answer.ok || answer.redirected) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine === turn && find("#hq-list", fresh)) lay(fresh);
    } catch {
      // Comes again with the next turn.
    }
  };
  setInterval(() => document.hidden || sync(), EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || sync());

  // A menu closes when something else is used.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".hq-today details.hq-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  const enter = (row) => {
    const write = find(".hq-write", row);
    if (write) {
      write.open = true;
      const field = find("textarea", write);
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    } else {
      find(".hq-open", row)?.click();
    }
  };

  document.addEventListener("keydown", (event) => {
    const at = document.activeElement;
    if (event.key === "Escape" && at?.closest?.(".hq-row details[open]")) {
      const details = at.closest("details[open]");
      details.open = false;
      go(details.closest(".hq-row"));
      return;
    }
    if (types(at)) {
      const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
      if (sends && at.form?.matches(".hq-act")) at.form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const row = current();
    switch (event.key) {
      case "j": step(1); break;
      case "k": step(-1); break;
      case "Enter":
        if (!row || at !== row) return;
        enter(row);
        break;
      case "e": if (row) find(".hq-done", row)?.requestSubmit(); break;
      case "z":
      case "s": {
        const menu = row && find(".hq-later", row);
        if (!menu) return;
        menu.open = true;
        find("button", menu).focus();
        break;
      }
      case "u": find(".hq-undo")?.requestSubmit(); break;
      default: return;
    }
    event.preventDefault();
  });
})();
