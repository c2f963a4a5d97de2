import * as echarts from 'echarts';
import type { Point } from './measures.js';

export type Curves = { rules: Point[]; tenants: Point[]; keys: Point[] };

const [WIDTH, HEIGHT] = [1080, 360];
const PANELS = [
  { name: 'rules', title: 'µs of CPU an event, by rules' }, { name: 'tenants', title: 'µs of CPU an event, by tenants' }, { name: 'keys', title: 'µs of CPU a match, by correlation keys' },
] as const;
const INK = '#1f2933';

const short = (value: number): string => (value >= 1e6 ? `${value / 1e6}M` : value >= 1e3 ? `${value / 1e3}k` : String(value));

/** The three curves side by side, sizes on a logarithmic axis, cost on a linear one from zero; as SVG. */
export const plotGrowth = (curves: Curves): string => {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  const panel = WIDTH / PANELS.length;
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: PANELS.map(({ title }, index) => ({ text: title, left: index * panel + 16, top: 10, textStyle: { fontSize: 14, color: INK, fontWeight: 'normal' } })),
    grid: PANELS.map((_, index) => ({ left: index * panel + 48, width: panel - 84, top: 56, bottom: 44 })),
    xAxis: PANELS.map((_, gridIndex) => ({ type: 'log', gridIndex, axisLabel: { formatter: short, color: INK }, splitLine: { show: false } })),
    yAxis: PANELS.map((_, gridIndex) => ({ type: 'value', gridIndex, min: 0, axisLabel: { color: INK } })),
    series: PANELS.map(({ name }, index) => ({
      type: 'line', xAxisIndex: index, yAxisIndex: index, data: curves[name].map(({ size, cpuMicros }) => [size, Number(cpuMicros.toFixed(2))]), symbol: 'circle', symbolSize: 7,
      lineStyle: { width: 2 }, color: ['#1f6feb', '#1a7f37', '#9a6700'][index], label: { show: true, position: 'top', formatter: ({ value }: { value: number[] }) => String(value[1]), color: INK },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
};
