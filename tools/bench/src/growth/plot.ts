import * as echarts from 'echarts';
import type { Point } from './measures.js';

export type Curves = { rules: Point[]; tenants: Point[]; ownRules: Point[]; keys: Point[] };

const [WIDTH, HEIGHT] = [1500, 320];
const INK = '#1f2933';

type Panel = { title: string; color: string; points: [size: number, value: number][] };

const panelsOf = ({ rules, tenants, ownRules, keys }: Curves): Panel[] => {
  const of = (points: readonly Point[], name: string, digits: number): [number, number][] =>
    points.map((point) => [point.size, Number((point[name] ?? 0).toFixed(digits))]);
  return [
    { title: 'µs of CPU an event, by rules', color: '#1f6feb', points: of(rules, 'cpuMicros', 1) },
    { title: 'µs of CPU an event, by tenants (exceptions)', color: '#1a7f37', points: of(tenants, 'cpuMicros', 1) },
    { title: 'µs of CPU an event, by tenants (10 rules each)', color: '#bc4c00', points: of(ownRules, 'cpuMicros', 1) },
    { title: 'µs of CPU a match, by correlation keys', color: '#9a6700', points: of(keys, 'cpuMicros', 1) },
    { title: 'MB of state at most, by correlation keys', color: '#8250df', points: of(keys, 'mostStateMb', 0) },
  ];
};

const short = (value: number): string =>
  value >= 1e6 ? `${value / 1e6}M` : value >= 1e3 ? `${value / 1e3}k` : String(value);

/** Curves side by side, sizes on a logarithmic axis, what they cost on a linear one from zero; as SVG. */
export const plotPanels = (panels: readonly Panel[]): string => {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  const wide = WIDTH / panels.length;
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: panels.map(({ title }, index) => ({
      text: title,
      left: index * wide + 10,
      top: 10,
      textStyle: { fontSize: 12, color: INK, fontWeight: 'normal' },
    })),
    grid: panels.map((_, index) => ({ left: index * wide + 40, width: wide - 64, top: 60, bottom: 40 })),
    xAxis: panels.map(({ points }, gridIndex) => ({
      type: 'category',
      gridIndex,
      data: points.map(([size]) => short(size)),
      axisLabel: { color: INK, interval: 0 },
      axisTick: { alignWithLabel: true },
    })),
    yAxis: panels.map((_, gridIndex) => ({ type: 'value', gridIndex, min: 0, axisLabel: { color: INK } })),
    series: panels.map(({ color, points }, index) => ({
      type: 'line',
      xAxisIndex: index,
      yAxisIndex: index,
      data: points.map(([, value]) => value),
      symbol: 'circle',
      symbolSize: 7,
      lineStyle: { width: 2 },
      color,
      label: { show: true, position: 'top', color: INK },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};

export const plotGrowth = (curves: Curves): string => plotPanels(panelsOf(curves));
