/* The charts of the board. Each is drawn from the table below it, so that both say the same. */
(() => {
  "use strict";
  const LOOKS = {
    open: { type: "line", colour: "#14508f", symbol: "circle" },
    planned: { type: "line", colour: "#8a5a00", symbol: "triangle", dashed: true },
    registered: { type: "bar", colour: "#7a93ad" },
    closed: { type: "bar", colour: "#1d6b3c" },
    reopened: { type: "bar", colour: "#b3261e" },
  };
  const MOST_LABELLED = 14;
  const TEXT = { color: "#34404d", fontFamily: getComputedStyle(document.body).fontFamily };

  /* The columns that are drawn, each with its values; null where a row has none. */
  const columns = (table) => {
    const rows = [...table.tBodies[0].rows];
    return [...table.tHead.rows[0].cells]
      .map((head, index) => ({
        look: LOOKS[head.dataset.series],
        name: head.textContent,
        values: rows.map((row) => (row.cells[index].dataset.value === undefined ? null : Number(row.cells[index].dataset.value))),
      }))
      .filter((column) => column.look);
  };

  const series = ({ look, name, values }) => ({
    name,
    type: look.type,
    data: values,
    itemStyle: { color: look.colour },
    symbol: look.symbol,
    symbolSize: 7,
    lineStyle: { color: look.colour, width: look.dashed ? 2 : 3, type: look.dashed ? "dashed" : "solid" },
    areaStyle: look.type === "line" && !look.dashed ? { color: look.colour, opacity: 0.08 } : undefined,
    barMaxWidth: 28,
    label: {
      show: !look.dashed && values.filter((value) => value !== null).length <= MOST_LABELLED,
      position: "top",
      formatter: ({ value }) => (value ? String(value) : ""),
      ...TEXT,
    },
  });

  const draw = (figure) => {
    const drawn = columns(figure.querySelector("table"));
    const chart = echarts.init(figure.querySelector(".chart-canvas"), null, { renderer: "canvas" });
    chart.setOption({
      animation: false,
      textStyle: TEXT,
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      legend: { top: 4, left: 0, itemWidth: 22, data: drawn.map((column) => column.name), textStyle: TEXT },
      /* Text on the canvas: markup would bring styles of its own, which the page does not allow. */
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      xAxis: {
        type: "category",
        data: [...figure.querySelectorAll("tbody tr")].map((row) => row.dataset.label),
        axisLabel: { hideOverlap: true, ...TEXT },
        axisLine: { lineStyle: { color: "#7b8794" } },
        axisTick: { alignWithLabel: true },
      },
      yAxis: { type: "value", minInterval: 1, axisLabel: TEXT, splitLine: { lineStyle: { color: "#e6ecf2" } } },
      series: drawn.map(series),
    });
    addEventListener("resize", () => chart.resize());
    addEventListener("beforeprint", () => chart.resize());
    figure.dataset.drawn = "";
  };

  document.querySelectorAll("figure[data-chart]").forEach(draw);
})();
