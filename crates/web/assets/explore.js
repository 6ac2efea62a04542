// Draws what the table of the page holds. Without it the table is all there is.
"use strict";
(async () => {
  const box = document.getElementById("hq-explore");
  if (!box || !window.echarts) return;
  const answer = await fetch(box.dataset.series, { headers: { accept: "application/json" } });
  box.hidden = !answer.ok;
  if (!answer.ok) return;
  const { days, series } = await answer.json();
  const place = box.querySelector(".hq-chart");
  const colour = (name) => {
    const probe = document.createElement("i");
    probe.className = name;
    box.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const [text, quiet, line] = ["text-body", "text-secondary", "hq-line-colour"].map(colour);
  const chart = window.echarts.init(place);
  const shares = series.some((one) => one.share);
  const said = (value) => (value == null ? "—" : shares ? `${(value * 100).toFixed(1)}%` : (Math.round(value * 100) / 100).toLocaleString("en"));
  chart.setOption({
    animation: false,
    color: [line, "#b45309", "#0b5cad", "#a52a5e", "#4a6d0c", "#7b3f96"],
    textStyle: { color: text, fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 56, right: 16, top: 56, bottom: 72 },
    legend: { top: 8, type: "scroll", textStyle: { color: text } },
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: said },
    dataZoom: [{ type: "inside" }, { type: "slider", bottom: 16, height: 20 }],
    xAxis: { type: "category", data: days, axisLabel: { color: quiet } },
    yAxis: { type: "value", axisLabel: { color: quiet, formatter: said }, splitLine: { lineStyle: { opacity: 0.25 } } },
    series: series.map((one) => ({ name: one.name, type: "line", data: one.values, showSymbol: days.length < 40, connectNulls: false })),
  });
  addEventListener("resize", () => chart.resize());
})();
