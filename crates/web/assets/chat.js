// The chat page, improved: live lines, sending that survives a lost connection, sheets.
// Without it the page works by forms and reloading. Invariants: a message keeps its key until the
// server has acknowledged or refused it; lines are taken in the order of seq, each once.
"use strict";
(() => {
  const $ = (q, r = document) => r.querySelector(q);
  const root = $(".chat"), box = $("#lines"), sheet = $("#sheet");
  if (!root || !window.EventSource || !sheet.showModal) return;
  const d = root.dataset, base = d.base, me = d.me, live = d.live === "true";
  const ahead = +d.now - Date.now(), store = "hq" + base;
  let last = +d.last, unseen = 0, source = null, tries = 0, heard = 0, timer = 0;

  const now = () => Date.now() + ahead;
  const mint = () =>
    ((BigInt(now()) << 21n) | BigInt(crypto.getRandomValues(new Uint32Array(1))[0] >>> 11)).toString();
  const nodes = (html) => {
    const t = document.createElement("template");
    t.innerHTML = html;
    return t.content;
  };
  const el = (tag, cls, text) => {
    const e = document.createElement(tag);
    e.className = cls;
    e.textContent = text;
    return e;
  };
  const log = () => $("#log");
  const get = (url) =>
    fetch(url, { headers: { accept: "text/html" } }).then((r) => (r.ok ? r.text() : Promise.reject(r)));

  // --- the list of lines (its scroll is counted from the end) ---
  const atEnd = () => box.scrollTop > -80;
  const toEnd = () => {
    box.scrollTop = 0;
    unseen = 0;
    down();
  };
  function down() {
    const b = $("#down");
    b.hidden = live && atEnd();
    b.textContent = (unseen ? unseen + " " + d.tNew : d.tDown) + " ↓";
    document.title = document.title.replace(/^\(\d+\) /, "");
    if (unseen) document.title = "(" + unseen + ") " + document.title;
  }
  function here(key) {
    const line = document.getElementById("m" + key);
    if (!line) return false;
    line.scrollIntoView({ block: "center" });
    line.classList.remove("here");
    void line.offsetWidth;
    line.classList.add("here");
    return true;
  }
  // What a line does to others: one taken back, one written anew.
  function apply(li) {
    const { took, edit } = li.dataset;
    const line = (took || edit) && document.getElementById("m" + (took || edit));
    if (!line) return;
    $(".text", line).innerHTML = took ? "" : li.innerHTML;
    if (took) {
      line.classList.add("gone");
      $(".text", line).textContent = li.textContent;
      line.querySelectorAll(".on,.quote").forEach((e) => e.remove());
    }
  }
  function dress(li) {
    if (li.dataset.who === me) li.classList.add("own");
    if (li.dataset.calls === me) li.classList.add("called");
    if (li.dataset.key) {
      const mine = $('[data-mine="' + li.dataset.key + '"]');
      if (mine) mine.remove();
    }
  }
  function take(html, seq) {
    if (seq <= last) return;
    last = seq;
    const part = nodes(html), end = atEnd(), height = box.scrollHeight;
    let mine = false, counts = false;
    for (const li of [...part.children]) {
      if (li.classList.contains("day")) {
        const days = log().querySelectorAll(".day");
        if (days.length && days[days.length - 1].dataset.day === li.dataset.day) li.remove();
        continue;
      }
      apply(li);
      dress(li);
      mine ||= li.dataset.who === me;
      counts ||= !!li.dataset.key;
      if ("frame" in li.dataset) frameSoon();
      const people = $(".bar h1 span");
      if (li.dataset.people)
        people.textContent = "(" + (parseInt(people.textContent.slice(1)) + +li.dataset.people) + ")";
    }
    if (live) {
      const first = $("[data-mine]", log());
      log().insertBefore(part, first);
      while (log().children.length > 500 && end) log().firstChild.remove();
      if (log().children.length >= 500) older();
    }
    if (live && (end || mine) && !document.hidden) return toEnd();
    if (live && !end) box.scrollTop -= box.scrollHeight - height;
    if (counts && !mine) unseen++;
    down();
  }
  // After cutting, earlier lines are read again from where the list begins.
  function older() {
    const link = $(".older"), first = $("[data-seq]", log());
    if (link && first) link.href = "?before=" + first.dataset.seq;
  }
  let loading = false;
  async function more(link) {
    if (loading) return;
    loading = true;
    // Who listens to new lines is not read the old ones.
    box.firstElementChild.setAttribute("aria-busy", "true");
    try {
      const part = nodes(await get(link.href + "&part=lines"));
      const next = $(".older", part), list = $("#log", part);
      const days = list.querySelectorAll(".day"), day = $(".day", log());
      if (day && days.length && days[days.length - 1].dataset.day === day.dataset.day) day.remove();
      const offset = box.scrollTop;
      log().prepend(...list.children);
      box.scrollTop = offset;
      next ? (link.href = next.href) : link.remove();
    } catch {
      link.blur();
    }
    box.firstElementChild.removeAttribute("aria-busy");
    loading = false;
  }
  box.addEventListener("scroll", () => {
    if (atEnd() && unseen) unseen = 0;
    down();
    const link = $(".older");
    if (link && box.scrollHeight + box.scrollTop - box.clientHeight < 60) more(link);
  }, { passive: true });

  // --- what stands above and below ---
  let frameTimer = 0;
  function frameSoon() {
    clearTimeout(frameTimer);
    frameTimer = setTimeout(async () => {
      try {
        const part = nodes(await get(base + "?part=frame"));
        $("#top").replaceWith($("#top", part));
        const foot = $("#foot", part);
        if (foot.dataset.state !== $("#foot").dataset.state) $("#foot").replaceWith(foot);
      } catch {}
    }, 100 + Math.random() * 900);
  }
  const state = (text) => {
    $("#state").textContent = text;
    $("#state").hidden = !text;
  };

  // --- live ---
  function connect() {
    clearTimeout(timer);
    if (source) source.close();
    if (document.hidden) return (source = null);
    source = new EventSource(base + "/events?after=" + last);
    heard = Date.now();
    source.onopen = () => {
      tries = 0;
      state("");
      pump();
    };
    source.addEventListener("line", (e) => {
      heard = Date.now();
      take(e.data, +e.lastEventId);
    });
    source.addEventListener("beat", () => (heard = Date.now()));
    source.addEventListener("reload", () => location.reload());
    source.onerror = lost;
  }
  function lost() {
    if (source) source.close();
    source = null;
    if (tries++) state(d.tLost);
    const wait = Math.min(500 * 2 ** tries, 15000) * (0.5 + Math.random() / 2);
    clearTimeout(timer);
    timer = setTimeout(connect, wait);
  }
  setInterval(() => source && Date.now() - heard > 45000 && lost(), 5000);
  window.addEventListener("online", connect);
  let away = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(away);
    // A browser opens six connections to a place: a hidden page gives its one back.
    if (document.hidden) away = setTimeout(() => source && (source.close(), (source = null)), 20000);
    else if (!source) connect();
  });
  window.addEventListener("pageshow", (e) => e.persisted && connect());

  // --- sending: kept with its key until the server has said yes or no ---
  let queue = [];
  try {
    queue = JSON.parse(sessionStorage.getItem(store)) || [];
  } catch {}
  const keep = () => {
    try {
      sessionStorage.setItem(store, JSON.stringify(queue));
    } catch {}
  };
  function show(form) {
    if (!live || document.getElementById("m" + form.key)) return;
    const li = el("li", "said own waits", ""), body = el("div", "body", "");
    li.dataset.mine = form.key;
    body.append(el("p", "by", d.tSending), el("div", "text", form.text));
    li.append(body);
    log().append(li);
    toEnd();
  }
  function said(form, trouble) {
    queue = queue.filter((one) => one.key !== form.key);
    keep();
    const li = $('[data-mine="' + form.key + '"]');
    if (!li) return;
    if (!trouble) {
      li.classList.remove("waits");
      $(".by", li).textContent = "";
      return;
    }
    $(".by", li).replaceWith(el("p", "by oops", d.tFailed + "：" + trouble));
    const area = $("textarea", $("#foot"));
    if (area && !area.value) area.value = form.text;
  }
  let sending = false, pause = 800, again = 0;
  async function pump() {
    clearTimeout(again);
    if (sending || !queue.length) return;
    sending = true;
    const form = queue[0];
    try {
      const r = await post(base + "/messages", new URLSearchParams(form));
      if (r.status === 429 || r.status >= 500) throw r;
      if (pause > 800) state("");
      pause = 800;
      said(form, r.ok ? "" : (await r.json()).say);
      if (!live && r.ok) location = base;
    } catch (r) {
      // The message stays and is sent again; what the server says of it is shown meanwhile.
      again = setTimeout(pump, (pause = Math.min(pause * 2, 15000)));
      if (r.status) r.json().then((no) => state(no.say), () => {});
    }
    sending = false;
    if (pause === 800) pump();
  }
  const post = (url, body) =>
    fetch(url, { method: "POST", headers: { accept: "application/json" }, body, redirect: "manual" });
  function reply(key, text) {
    const form = $("#write");
    if (!form) return;
    form.reply_to.value = key;
    $(".reply", form).hidden = !key;
    $(".reply span", form).textContent = key ? d.tReply + " " + text : "";
    form.text.focus();
  }

  // --- names after an @ ---
  let names = null, word = null;
  async function suggest(area) {
    const list = $("#names"), before = area.value.slice(0, area.selectionStart);
    word = before.match(/(?:^|[^\w])[@＠]([^\s@＠]{0,20})$/);
    if (word && !names) {
      names = [];
      names = await fetch(base + "/names").then((r) => r.json()).catch(() => null);
    }
    const part = word && word[1].toLowerCase();
    const fits = word ? (names || []).filter((n) => n.toLowerCase().includes(part)).slice(0, 8) : [];
    list.replaceChildren(...fits.map((n, i) => {
      const b = el("button", i ? "" : "at", n);
      b.type = "button";
      return b;
    }));
    list.hidden = !fits.length;
  }
  function call(name) {
    const area = $("#write textarea");
    if (!area) return;
    const at = area.selectionStart, cut = word ? at - word[1].length : at;
    const head = area.value.slice(0, cut) + (word ? "" : "@") + name + " ";
    area.value = head + area.value.slice(at);
    area.setSelectionRange(head.length, head.length);
    $("#names").hidden = true;
    word = null;
    area.focus();
  }

  // --- one listener each ---
  root.addEventListener("input", (e) => e.target.matches("#write textarea") && suggest(e.target));
  root.addEventListener("keydown", (e) => {
    if (!e.target.matches("#write textarea") || e.isComposing || e.keyCode === 229) return;
    const list = $("#names"), at = $(".at", list);
    if (!list.hidden && at && /^(Arrow(Up|Down)|Enter|Tab|Escape)$/.test(e.key)) {
      e.preventDefault();
      if (e.key === "Escape") return (list.hidden = true);
      if (!e.key.startsWith("Arrow")) return call(at.textContent);
      const to = e.key === "ArrowDown" ? at.nextSibling : at.previousSibling;
      if (to) at.classList.remove("at"), to.classList.add("at"), to.scrollIntoView({ block: "nearest" });
      return;
    }
    if (e.key === "Enter" && !e.shiftKey && matchMedia("(pointer:fine)").matches) {
      e.preventDefault();
      $("#write").requestSubmit();
    }
  });
  root.addEventListener("submit", (e) => {
    if (e.target.id !== "write") return;
    e.preventDefault();
    const form = e.target, text = form.text.value;
    if (!text.trim()) return;
    const one = { key: mint(), text, reply_to: form.reply_to.value };
    if (form.as && form.as.checked) one.as = "host";
    queue.push(one);
    keep();
    form.text.value = "";
    reply("", "");
    show(one);
    pump();
  });
  const open = async (url) => {
    try {
      sheet.replaceChildren(nodes(await get(url + "&part=sheet")));
      sheet.showModal();
    } catch {
      location = url;
    }
  };
  document.addEventListener("click", (e) => {
    const a = e.target.closest("a,button,dialog");
    if (!a || e.ctrlKey || e.metaKey || e.shiftKey) return;
    const stop = () => (e.preventDefault(), true);
    if (a === sheet) e.target === sheet && sheet.close();
    else if (a.id === "down") live ? toEnd() : (location = base);
    else if (a.parentNode.id === "names") call(a.textContent);
    else if (a.matches(".on")) stop() && open(a.href);
    else if (a.matches(".older")) stop() && more(a);
    else if (a.matches(".reply a")) stop() && reply("", "");
    else if (a.matches(".quote,.pin")) here(new URL(a.href).searchParams.get("at")) && stop();
    else if ("reply" in a.dataset)
      stop(), sheet.close(), reply(a.dataset.reply, a.dataset.by + "：" + a.dataset.words);
    else if ("call" in a.dataset) stop(), sheet.close(), call(a.dataset.call);
  });
  sheet.addEventListener("submit", async (e) => {
    e.preventDefault();
    const body = new URLSearchParams(new FormData(e.target, e.submitter));
    const wrong = $(".wrong", sheet);
    try {
      const r = await post(e.target.action, body);
      if (r.ok) return sheet.close(), frameSoon();
      wrong.textContent = (await r.json()).say;
    } catch {
      wrong.textContent = d.tLost;
    }
    wrong.hidden = false;
  });

  if (d.at) here(d.at);
  queue.forEach(show);
  down();
  connect();
  pump();
})();
