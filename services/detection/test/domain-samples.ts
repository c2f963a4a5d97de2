import type { EventContext } from '#contracts';
import type { Detection, Hit, Origin, SeenEvent } from '../src/domain/hits/hit.js';

/** What the specs of this service begin with. */
export const at = Date.UTC(2026, 10, 2, 10, 0);
export const minutes = (count: number): number => count * 60_000;

export const origin: Origin = { tenant: 'acme', source: 'edr', kind: 'WINDOWS' };

export const detection = (special: Partial<Detection> = {}): Detection => ({
  id: 'rule-1',
  title: 'LSASS dumped',
  level: 'HIGH',
  status: 'test',
  description: 'Memory of LSASS was written to a file.',
  falsePositives: ['Support tools'],
  runbook: 'Triage: look.',
  techniques: ['T1003.001'],
  tactics: ['credential-access'],
  windowMs: minutes(60),
  ...special,
});

/** The nth event of an ingest partition. */
export const event = (offset: number, special: Partial<SeenEvent> = {}): SeenEvent => ({
  id: `event-${offset}`,
  occurredAt: at + offset,
  ingestedAt: at + 5_000,
  entity: 'host:ws5',
  observables: [],
  partition: 0,
  offset,
  index: 0,
  native: Buffer.from(`{"n":${offset}}`),
  ocsf: {},
  ...special,
});

export const hit = (offset: number, special: Partial<Hit> = {}): Hit => ({
  detection: detection(),
  event: event(offset),
  context: undefined,
  groupKey: 'computer=ws5',
  ...special,
});

export const context = (special: Partial<EventContext> = {}): EventContext => ({
  index: 0,
  asset: null,
  identity: null,
  indicators: [],
  score: 0,
  ...special,
});
export const asset = (criticality: 'LOW' | 'CRITICAL') => ({
  assetId: `asset-${criticality}`,
  name: 'ws5',
  criticality,
  owner: 'IT',
  unit: 'HQ',
  exposure: 'internal',
  groups: ['servers'],
});
export const indicator = (confidence: number) => ({
  indicatorId: 'indicator--1',
  name: 'Beacon',
  kind: 'ip-address',
  value: '203.0.113.66',
  confidence,
  tlp: 'GREEN' as const,
});
