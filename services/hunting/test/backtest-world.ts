import { DAY_MS, HOUR_MS } from '#libs/terms';
import type { BacktestPorts } from '../src/backtest/run-backtest.js';
import type { BacktestSupplies } from '../src/backtest/tried-rules.js';
import type { LakeDay, LakeRow } from '../src/lake/scan.js';

export const rule = (id: string, image: string, more = '') => ({
  path: `${id}.yml`,
  text: `title: Rule ${id}\nid: ${id}\nlevel: high\nlogsource: { product: windows, category: process_creation }\ndetection:\n  selection: { Image: '${image}' }\n  condition: selection\n${more}`,
});
export const row = (id: string, occurredAt: number, native: object, entity = 'host:ws1'): LakeRow => ({
  id,
  occurredAt,
  kind: 'WINDOWS',
  entity,
  native: JSON.stringify({ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, ...native }),
});
const dayOf = (number: number): LakeDay => ({ day: `day ${number}`, from: number * DAY_MS, to: (number + 1) * DAY_MS });

export const world = (lake: Record<string, LakeRow[]>, special: Partial<BacktestPorts> = {}) => {
  const told: number[][] = [];
  let now = 0;
  const ports: BacktestPorts = {
    days: async () =>
      Object.keys(lake)
        .map((day) => dayOf(Number(day.slice(4))))
        .reverse(),
    count: async ({ day }) => lake[day]?.length ?? 0,
    scan: async function* scan({ day }) {
      yield lake[day] ?? [];
    },
    isCancelled: async () => false,
    progress: async (...figures) => void told.push(figures),
    goOn: () => undefined,
    elapsed: () => (now += 1),
    ...special,
  };
  return {
    ports,
    told,
    later: (ms: number) => {
      now += ms;
    },
  };
};
export const ask = (...files: ReturnType<typeof rule>[]) => ({
  tenant: 'acme',
  files,
  ruleId: '',
  mostEvents: 1_000_000,
  at: 100 * DAY_MS,
});
export const supplied: BacktestSupplies = {
  files: [],
  placeholders: [],
  exceptions: [],
  exceptionsLeftOut: 0,
  windowMs: HOUR_MS,
};
