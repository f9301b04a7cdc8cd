// Draws each [data-jb-chart]: reads {kind, categories, series, unit, stacked} from the JSON script it names; the table stays beside it.
(() => {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  const palette = ["#173965", "#B93A28", "#237F6A", "#B97B06", "#349AE2", "#965088"];
  const fills = [0, 3, 2, 4, 5, 1].map((place) => palette[place]);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const size = parseFloat(style.fontSize) * .8;

  const text = { color: token("--jb-ink-500"), fontFamily: token("--jb-sans"), fontSize: size };
  const line = (name, data, order) => ({
    name, data, type: "line", symbol: "circle", symbolSize: 5, showSymbol: data.length < 40, smooth: false,
    lineStyle: { width: 2.5, type: order % 2 ? "dashed" : "solid" },
    endLabel: { show: true, formatter: "{a} {c}", color: palette[order % 6], fontWeight: 700, fontSize: size },
  });
  const hatched = (order) => ({ color: fills[order % 6], borderColor: fills[order % 6], borderWidth: 1,
    decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4, color: "rgba(255,255,255,.75)" } });
  // A stacked part of 0 is left out: its border would still show as a sliver.
  const bar = (name, data, order, last) => ({
    name, type: "bar", stack: "all", barMaxWidth: 22, itemStyle: order % 2 ? hatched(order) : { color: fills[order % 6] },
    data: data.map((value) => (Number(value) || last ? { value, itemStyle: Number(value) ? undefined : { borderWidth: 0 } } : null)),
    label: { show: last, position: "right", color: token("--jb-ink-900"), fontWeight: 700, fontSize: size },
  });

  const option = (chart) => {
    const bars = chart.kind === "bar";
    const stacked = chart.stacked !== false;
    const category = { type: "category", data: chart.categories, axisLabel: text, axisTick: { show: false }, inverse: bars,
                       axisLine: { lineStyle: { color: token("--jb-line-strong") } } };
    const value = { type: "value", name: bars ? "" : chart.unit, nameTextStyle: text, axisLabel: { ...text, show: !bars },
                    splitLine: { show: !bars, lineStyle: { color: token("--jb-line") } } };
    const totals = chart.categories.map((_, i) => chart.series.reduce((sum, s) => sum + Number(s.data[i]), 0));
    const series = chart.series.map((s, i) => (bars ? bar(s.name, s.data, i, i === chart.series.length - 1, stacked) : line(s.name, s.data, i)));
    if (bars && stacked) series.at(-1).label.formatter = (at) => totals[at.dataIndex].toLocaleString();
    return {
      color: palette, animation: !still, textStyle: { fontFamily: token("--jb-sans") },
      aria: { enabled: true, label: { description: chart.summary } },
      legend: { show: bars && chart.series.length > 1, right: 0, top: 0, textStyle: text, itemWidth: 14, itemHeight: 10 },
      grid: { left: 4, right: bars ? 64 : 96, top: bars ? 30 : 34, bottom: 4, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", textStyle: { ...text, color: token("--jb-ink-900") } },
      xAxis: bars ? value : category, yAxis: bars ? category : value, series,
    };
  };

  document.querySelectorAll("[data-jb-chart]").forEach((box) => {
    const chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption(option(JSON.parse(document.getElementById(box.dataset.jbChart).textContent)));
    new ResizeObserver(() => chart.resize()).observe(box);
  });
})();
