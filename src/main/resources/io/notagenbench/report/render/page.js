'use strict';
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const charts = JSON.parse(document.getElementById('charts').textContent);

  /** Unpacks a library of this page and runs it; false where the browser is too old to. */
  async function library(id) {
    const packed = document.getElementById(id);
    if (!packed || typeof DecompressionStream === 'undefined') return false;
    const bytes = Uint8Array.from(atob(packed.textContent.trim()), letter => letter.charCodeAt(0));
    const script = document.createElement('script');
    script.textContent = await new Response(new Blob([bytes]).stream()
      .pipeThrough(new DecompressionStream('gzip'))).text();
    document.head.append(script);
    return true;
  }

  // Colours that also those tell apart who do not see all of them (after Okabe and Ito).
  const palette = isDark => isDark
    ? { ink: '#e7e6e1', soft: '#a3a7b0', rule: '#343841', paper: '#1d2026',
        series: ['#5bb8c4', '#e39a5c', '#a7a3e0', '#8cc084', '#e58bb0', '#d8c45f', '#b9bcc4'] }
    : { ink: '#1b1d21', soft: '#595e68', rule: '#dedcd3', paper: '#ffffff',
        series: ['#0b7285', '#c2641c', '#5b56b0', '#4b8b3b', '#b0416f', '#8a7400', '#6b7079'] };

  const short = value => Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));

  function axis(given, colours, name) {
    return {
      // the name of y lies above its axis, so that numbers of any width leave it whole
      type: given.logarithmic ? 'log' : 'value', name: given.title, nameLocation: name === 'x' ? 'middle' : 'end',
      nameGap: name === 'x' ? 30 : 12, nameTextStyle: { color: colours.soft, align: name === 'x' ? 'center' : 'left' },
      // a curve may keep away from zero, a bar may not
      scale: false,
      axisLabel: { color: colours.soft, formatter: short, hideOverlap: true },
      axisLine: { show: true, lineStyle: { color: colours.rule } },
      splitLine: { lineStyle: { color: colours.rule, opacity: .6 } },
    };
  }

  function series(chart, one, colours, narrow) {
    if (chart.kind === 'BARS') {
      const only = chart.series.length === 1;
      return {
        name: one.name, type: 'bar', stack: 'all', barMaxWidth: 20,
        data: one.points.map(point => ({ value: point.x, name: point.label })),
        label: { show: only, position: 'right', color: colours.ink,
          formatter: bar => one.points[bar.dataIndex].label || short(bar.value) },
      };
    }
    const line = chart.kind === 'LINES' || one.joined;
    return {
      name: one.name, type: line ? 'line' : 'scatter', symbol: one.joined && chart.kind === 'POINTS' ? 'none' : 'circle',
      symbolSize: 9, lineStyle: { width: 2, type: one.joined && chart.kind === 'POINTS' ? 'dashed' : 'solid' },
      data: one.points.map(point => ({ value: [point.x, point.y], name: point.label })),
      label: { show: one.labelled && !narrow, position: 'right', color: colours.soft, fontSize: 11, formatter: item => item.name },
      labelLayout: { moveOverlap: 'shiftY', hideOverlap: true },
    };
  }

  function option(chart, isDark, width) {
    const colours = palette(isDark);
    const bars = chart.kind === 'BARS';
    const narrow = width < 520;
    const legend = chart.series.length > 1;
    return {
      animation: false, color: colours.series, aria: { enabled: true },
      textStyle: { fontFamily: 'system-ui, sans-serif', color: colours.ink },
      grid: { left: 8, right: bars && !legend ? (narrow ? 70 : 110) : 24, top: (legend ? 44 : 16) + (bars ? 0 : 20),
        bottom: 34, containLabel: true },
      legend: legend ? { type: 'scroll', top: 0, left: 0, textStyle: { color: colours.ink }, pageTextStyle: { color: colours.ink },
        pageIconColor: colours.soft } : undefined,
      // rich text: nothing in a label can become HTML
      tooltip: { trigger: 'item', renderMode: 'richText', backgroundColor: colours.paper, borderColor: colours.rule,
        textStyle: { color: colours.ink, fontSize: 12 },
        formatter: item => bars ? `${chart.bars[item.dataIndex]}\n${item.seriesName}: ${short(item.value)}`
          : `${item.seriesName}${item.name ? '\n' + item.name : ''}\n${chart.x.title}: ${short(item.value[0])}\n${chart.y.title}: ${short(item.value[1])}` },
      xAxis: axis(chart.x, colours, 'x'),
      yAxis: bars ? { type: 'category', inverse: true, data: chart.bars, axisTick: { show: false },
        axisLine: { lineStyle: { color: colours.rule } },
        axisLabel: { color: colours.ink, width: narrow ? 120 : 250, overflow: 'break', lineHeight: 14, interval: 0 } }
        : axis(chart.y, colours, 'y'),
      series: chart.series.map(one => series(chart, one, colours, narrow)),
    };
  }

  function draw(chart, isDark) {
    const figure = document.getElementById(chart.id);
    figure.hidden = false;
    const canvas = figure.querySelector('.canvas');
    const height = chart.kind === 'BARS' ? 84 + 38 * chart.bars.length + (chart.series.length > 1 ? 30 : 0) : 360;
    canvas.style.height = `${height}px`;
    const picture = echarts.getInstanceByDom(canvas) || echarts.init(canvas, null, { renderer: 'svg' });
    picture.resize();
    picture.setOption(option(chart, isDark, canvas.clientWidth), true);
    return picture;
  }

  const redraw = isDark => charts.forEach(chart => draw(chart, isDark));

  async function start() {
    if (await library('echarts')) {
      redraw(dark.matches);
      dark.addEventListener('change', () => redraw(dark.matches));
      addEventListener('resize', () => redraw(dark.matches));
    }
    if (await library('abcjs')) {
      for (const figure of document.querySelectorAll('.score')) {
        const staves = figure.querySelector('.staves');
        staves.hidden = false;
        ABCJS.renderAbc(staves, figure.querySelector('.abc').textContent,
          { responsive: 'resize', add_classes: false, staffwidth: 900, wrap: { minSpacing: 1.4, maxSpacing: 2.8, preferredMeasuresPerLine: 6 } });
        figure.querySelector('details').open = false;
      }
    }
  }

  // Paper is white and has no folds.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach(details => { details.open = true; });
    if (typeof echarts !== 'undefined') redraw(false);
  });
  addEventListener('afterprint', () => {
    folded.forEach(details => { details.open = false; });
    if (typeof echarts !== 'undefined') redraw(dark.matches);
  });

  start();
})();
