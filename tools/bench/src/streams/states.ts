import type { ClusteringFindingPlaced, FindingSummary, Indicator, IndicatorImported, TenantState } from '#contracts';
import { decode, encode } from '#libs/events';
import type { DecisionContext } from '#libs/model';
import { packState } from '#libs/store';
import { clusteringStream } from '../../../../services/cases/src/domain/clustering/decider.js';
import { indicatorStream } from '../../../../services/enrichment/src/domain/indicator/decider.js';

/** What one more costs a state of that size; `kept` is how much of it the state knows. */
export interface StatePoint {
  size: number;
  cpuMicros: number;
  kept: number;
  kiB: number;
}

export const THEN = Date.UTC(2026, 10, 2);
export const SYSTEM = { subject: 'cases', side: 'SYSTEM' } as const;

/** A finding as a Windows rule raises it: a host, an account, a process, a file, an address within and one outside. */
export const findingOf = (number: number, host: number): FindingSummary => ({
  findingId: `00000000-0000-5000-8000-${String(number).padStart(12, '0')}`,
  ruleId: `10000000-0000-5000-8000-${String(number % 500).padStart(12, '0')}`,
  title: `Suspicious process number ${number % 500} was created by an Office application`,
  severity: 'MEDIUM',
  confidence: 60,
  techniques: ['T1059.001'],
  tactics: ['execution'],
  entities: [
    { kind: 'host', value: `ws${host}.corp.example` },
    { kind: 'user', value: `CORP\\user${host}` },
    { kind: 'process', value: 'powershell.exe' },
    { kind: 'hash', value: `${host}`.padStart(64, 'a') },
    { kind: 'ip', value: `10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}` },
    { kind: 'domain', value: `host${host % 5_000}.example` },
  ],
  source: 'windows',
  occurredAt: THEN + number,
  ingestedAt: THEN + number + 1_000,
  detectedAt: THEN + number + 2_000,
  criticality: 'MEDIUM',
  knownIndicator: false,
  assetGroups: [],
});

const context: DecisionContext<TenantState> = {
  tenant: 'acme',
  actor: SYSTEM,
  roles: ['SERVICE'],
  requestId: '20000000-0000-5000-8000-000000000000',
  now: THEN,
  settings: undefined,
};

const cpuMicrosOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};
const kiBOf = async (state: unknown): Promise<number> => Math.round(((await packState(state))?.length ?? 0) / 1_024);

const PLACED = 2_000;

/** Findings placed beside so many open cases: half of them join one, half open one more; decided and folded. */
export const placing = async (size: number): Promise<StatePoint> => {
  let state = clusteringStream.initial();
  for (let number = 0; number < size; number += 1) {
    const placed: ClusteringFindingPlaced = {
      type: 'clustering.finding-placed',
      finding: findingOf(number, number),
      caseId: `case-${number}`,
      number: 1_001 + number,
      opened: true,
      because: 'no open case shares enough with it',
      at: THEN,
      groupKey: '',
    };
    state = clusteringStream.evolve(state, placed);
  }
  const place = (nth: number): void => {
    const host = nth % 2 ? size - 1 - (nth % Math.min(size, 500)) : size + nth;
    const request = { type: 'clustering.place-finding', finding: findingOf(size + nth, host), groupKey: '' } as const;
    clusteringStream.decide(request, state, context).reduce(clusteringStream.evolve, state);
  };
  for (let nth = 0; nth < PLACED / 2; nth += 1) place(nth);
  const cpuMicros = cpuMicrosOf(() => {
    for (let nth = 0; nth < PLACED; nth += 1) place(nth);
  });
  return { size, cpuMicros: cpuMicros / PLACED, kept: state.cases.size + state.dormant.size, kiB: await kiBOf(state) };
};

const IMPORTED = 1_000;

const indicatorOf = (number: number): Indicator => ({
  indicatorId: `indicator--${String(number).padStart(8, '0')}-0000-5000-8000-000000000000`,
  kind: 'domain',
  value: `bad-${number}.example`,
  name: `bad-${number}.example`,
  confidence: 80,
  tlp: 'GREEN',
  validFrom: THEN,
  validUntil: null,
  techniques: [],
  modified: THEN,
});

/** So many indicators folded from the bytes of their facts, a thousand a fact. */
export const indicators = async (size: number): Promise<StatePoint> => {
  const facts = Array.from({ length: size / IMPORTED }, (_, nth): Buffer => {
    const fact: IndicatorImported = {
      type: 'indicator.imported',
      feed: 'bench',
      indicators: Array.from({ length: IMPORTED }, (__, index) => indicatorOf(nth * IMPORTED + index)),
      skipped: 0,
      by: SYSTEM,
      at: THEN,
      refused: [],
    };
    return encode(fact);
  });
  let state = indicatorStream.initial();
  const cpuMicros = cpuMicrosOf(() => {
    for (const fact of facts) state = indicatorStream.evolve(state, decode<IndicatorImported>(fact));
  });
  return { size, cpuMicros: cpuMicros / size, kept: state.values.size, kiB: await kiBOf(state) };
};
