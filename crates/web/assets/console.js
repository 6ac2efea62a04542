// The console without a script works; with it the keyboard, menus, copying and htmx's failures do.
// Everything is named by data attributes in the templates; nothing is inline.
"use strict";
(() => {
  const $ = (what, from = document) => from.querySelector(what);
  const $$ = (what, from = document) => [...from.querySelectorAll(what)];
  const zh = document.documentElement.lang.startsWith("zh");
  const say = (chinese, english) => (zh ? chinese : english);

  // ---- words in the corner ----
  function toast(words, tone = "danger") {
    const box = $("#hq-toasts");
    if (!box || !words) return;
    const one = document.createElement("div");
    one.className = `alert alert-${tone}`;
    one.textContent = words;
    box.append(one);
    setTimeout(() => one.remove(), 6000);
  }
  document.addEventListener("hq:say", (event) => toast(event.detail.words, event.detail.tone));
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr } = event.detail;
    if (xhr.getResponseHeader("HX-Trigger")) return;
    toast(say(`没有完成（${xhr.status}），请再试一次。`, `Not done (${xhr.status}): try again.`));
  });
  document.addEventListener("htmx:sendError", () => {
    toast(say("网络断了，没有发出去。恢复后再点一次。", "No network: nothing was sent. Try again when it is back."));
  });

  // ---- a form is sent once ----
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-again")) return;
    const button = event.submitter;
    // After the browser has read the form: a disabled button would not be sent.
    setTimeout(() => $$("button,input[type=submit]", form).forEach((one) => {
      if (one.disabled) return;
      one.disabled = true;
      one.dataset.sent = "";
      if (one === button) one.classList.add("busy");
    }));
  });
  function awake() {
    $$("[data-sent]").forEach((one) => {
      one.disabled = false;
      one.classList.remove("busy");
      delete one.dataset.sent;
    });
  }
  addEventListener("pageshow", awake);
  document.addEventListener("htmx:afterRequest", awake);

  // ---- what was typed is not lost ----
  const dirty = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-guard")) dirty.add(form);
  });
  document.addEventListener("submit", (event) => dirty.delete(event.target));
  addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });

  // ---- menus close, dialogs open ----
  const menus = () => $$("details.hq-menu[open]");
  document.addEventListener("click", (event) => {
    menus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
    const opener = event.target.closest("[data-open]");
    const dialog = opener && document.getElementById(opener.dataset.open);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
    if (event.target.matches("dialog.hq-dialog")) event.target.close();
    const copied = event.target.closest("[data-copy]");
    if (copied) copy(copied);
    if (event.target.closest("[data-print]")) print();
  });
  async function copy(button) {
    const from = button.dataset.copyFrom && $(button.dataset.copyFrom);
    const words = from ? (from.value ?? from.textContent) : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(words);
      toast(say("已复制", "Copied"), "success");
    } catch {
      if (from?.select) from.select();
      toast(say("浏览器不让复制，请手动选中复制。", "The browser does not let us copy: select the text yourself."), "warning");
    }
  }

  // ---- many at once: [data-pick] boxes, [data-pick-all], [data-pick-count] ----
  function counted(form) {
    const boxes = $$("[data-pick]", form);
    const chosen = boxes.filter((box) => box.checked).length;
    $$("[data-pick-count]", form).forEach((at) => { at.textContent = chosen; });
    $$("[data-pick-all]", form).forEach((all) => {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    });
  }
  document.addEventListener("change", (event) => {
    const { target } = event;
    if (!target.form) return;
    if (target.matches("[data-pick-all]")) {
      $$("[data-pick]", target.form).forEach((box) => { box.checked = target.checked; });
    }
    if (target.matches("[data-pick],[data-pick-all]")) counted(target.form);
    if (target.matches("[data-send]")) target.form.requestSubmit();
  });
  addEventListener("pageshow", () => $$("form:has([data-pick])").forEach(counted));

  // ---- the open tab is in sight, also where the strip scrolls ----
  $$(".hq-tabs [aria-current]").forEach((tab) => {
    const [strip, own] = [tab.parentElement, tab.getBoundingClientRect()];
    strip.scrollLeft += own.left - strip.getBoundingClientRect().left - (strip.clientWidth - own.width) / 2;
  });

  // ---- keyboard: "/" search, "?" help; j k x on [data-keys] [data-row] ----
  const rows = () => $$("[data-keys] [data-row]").filter((row) => row.offsetParent !== null);
  function walk(step) {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.classList.contains("at"));
    const next = all[Math.min(all.length - 1, Math.max(0, now < 0 ? 0 : now + step))];
    all.forEach((row) => row.classList.toggle("at", row === next));
    ($("[data-main]", next) ?? $("a,button", next))?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  const at = () => $("[data-row].at");
  const moves = {
    j: () => walk(1),
    k: () => walk(-1),
    x: () => $("[data-pick]", at() ?? document.createElement("i"))?.click(),
    "/": () => $("#hq-find")?.focus(),
    "?": () => $("#hq-help")?.showModal?.(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menus().forEach((menu) => {
        menu.removeAttribute("open");
        $("summary", menu)?.focus();
      });
      if (event.target.id === "hq-find") event.target.blur();
      return;
    }
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]),textarea,select,dialog,[contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.("[data-keys] [data-row]");
    if (row) $$("[data-row].at").forEach((one) => one.classList.toggle("at", one === row));
  });

  // ---- what the search box drops down: arrows walk, Escape closes ----
  const found = $("#hq-found");
  found?.parentElement.addEventListener("keydown", (event) => {
    const rows = $$("a", found);
    const at = rows.indexOf(document.activeElement);
    if (event.key === "Escape") {
      found.replaceChildren();
      $("#hq-find").focus();
    } else if (rows.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? at + 1 : at - 1;
      (next < 0 ? $("#hq-find") : rows[Math.min(next, rows.length - 1)]).focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (found && !found.parentElement.contains(event.target)) found.replaceChildren();
  });
})();
