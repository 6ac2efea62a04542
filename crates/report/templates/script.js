(function () {
  var root = document.documentElement;
  function say(input) {
    root.lang = input.id === "lang-zh" ? "zh-CN" : "en";
    root.className = input.id.slice(5);
    document.title = input.dataset.title;
  }
  document.querySelectorAll("input[name=lang]").forEach(function (input) {
    if (input.checked) say(input);
    input.addEventListener("change", function () { say(input); });
  });
  try {
    var kept = localStorage.getItem("huoqun-theme");
    if (kept && document.getElementById(kept)) document.getElementById(kept).checked = true;
  } catch (error) { /* a page opened from a file may have no storage */ }
  document.querySelectorAll("input[name=theme]").forEach(function (input) {
    input.addEventListener("change", function () {
      try { localStorage.setItem("huoqun-theme", input.id); } catch (error) { /* as above */ }
    });
  });
  var opened = [];
  addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open]):not(.def)"));
    opened.forEach(function (part) { part.open = true; });
  });
  addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
  });
  addEventListener("hashchange", function () {
    var part = document.getElementById(location.hash.slice(1));
    if (part && part.tagName === "DETAILS") part.open = true;
  });
})();
