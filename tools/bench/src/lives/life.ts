import type {
  ActionFact,
  CaseClock,
  CaseFact,
  ClusteringFindingPlaced,
  FindingRaised,
  FindingSummary,
} from '#contracts';
import type { Heard, Typed } from '#libs/model';
import { DAY_MS, MINUTE_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import { findingOf, SYSTEM } from '../streams/states.js';

/** A made-up life of a tenant: so many findings in so many cases, spread over days that end at `to` (epoch ms). */
export interface LongLife {
  tenant: string;
  findings: number;
  cases: number;
  days: number;
  to: number;
}

const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const uuid = (kind: number, number: number): string =>
  `${kind}0000000-0000-5000-8000-${String(number).padStart(12, '0')}`;

const raisedOf = ({ ruleId, title, ...rest }: FindingSummary): FindingRaised => ({
  ...{ type: 'finding.raised', ...rest, groupKey: '', windowStart: 0, windowEnd: 1, kind: 'WINDOWS' },
  rule: { id: ruleId, title, level: 'MEDIUM', description: '', falsePositives: [], runbook: '' },
  ...{ events: [], eventsTruncated: false, explanation: [], assets: [], identities: [], indicators: [] },
});

const clocksOf = (at: number): CaseClock[] =>
  (['ACKNOWLEDGE', 'NOTIFY', 'CONTAIN', 'RESOLVE'] as const).map((kind, nth) => {
    const minutes = [15, 60, 240, 2_880][nth]!;
    return { kind, minutes, businessHours: false, startedAt: at, dueAt: at + minutes * MINUTE_MS };
  });

/** Some severe, one in five acted upon, one in a hundred left open. */
const caseFacts = (nth: number, at: number, findings: FindingSummary[]): CaseFact[] => {
  const caseId = uuid(3, nth);
  const later = (minutes: number): number => at + (minutes + (nth % 7)) * MINUTE_MS;
  const severity = nth % 20 === 0 ? 'HIGH' : nth % 3 === 0 ? 'MEDIUM' : 'LOW';
  const verdict = nth % 4 === 0 ? 'FALSE_POSITIVE' : 'TRUE_POSITIVE';
  const facts: CaseFact[] = [
    {
      ...{ type: 'case.opened', caseId, number: 1_000 + nth, title: findings[0]?.title ?? 'Reported', description: '' },
      ...{ severity, priority: 50, because: 'workstation, medium; execution', findings: findings.slice(0, 2) },
      ...{ entities: [], clocks: clocksOf(at), openedBy: SYSTEM, at },
    },
    { type: 'case.acknowledged', caseId, by: ada, at: later(4) },
    {
      ...{ type: 'case.status-changed', caseId, from: 'NEW', to: 'IN_PROGRESS', onHoldReason: 'NONE' },
      ...{ clocks: clocksOf(at), by: ada, at: later(4), byItself: false },
    },
    { type: 'case.findings-added', caseId, findings: findings.slice(2), entities: [], at: later(30) } as never,
  ];
  if (nth % 100 === 99) return facts;
  return [
    ...facts,
    {
      ...{ type: 'case.status-changed', caseId, from: 'IN_PROGRESS', to: 'CLOSED', onHoldReason: 'NONE' },
      ...{ clocks: clocksOf(at), by: ada, at: later(600), byItself: false },
    },
    {
      ...{ type: 'case.closed', caseId, verdict, reason: 'NONE', summary: 'Looked at, and told.', impact: false },
      ...{ by: ada, at: later(600) },
    } as never,
  ];
};

const actionFacts = (nth: number, at: number): ActionFact[] => {
  const [actionId, caseId] = [uuid(4, nth), uuid(3, nth)];
  const target = { kind: 'HOST', id: `ws${nth}`, entity: `host:ws${nth}` } as const;
  const of = { actionId, caseId, actionClass: 'isolate-host', target };
  return [
    {
      ...{ type: 'action.proposed', ...of, openc2Action: 'contain', reactId: 'RA3001', d3fend: 'D3-NI', inverse: '' },
      ...{ severity: 'MEDIUM', confidence: 60, assetGroups: [], reason: 'execution', ttlMinutes: 1_440 },
      ...{ detectedAt: at, by: SYSTEM, at: at + MINUTE_MS },
    },
    {
      ...{ type: 'action.verified', ...of, effective: true, evidence: 'isolated', observedAt: 0, lagMs: 0 },
      at: at + 6 * MINUTE_MS,
    } as ActionFact,
  ];
};

const streamed = (tenant: string, subject: string, facts: readonly (Typed & { at: number })[]): Heard[] =>
  facts.map((message, index) =>
    heard(message, { tenant, subject, time: message.at, sequence: { version: index + 1, index: 0, count: 1 } }),
  );

const placedOf = (finding: FindingSummary, nth: number, isFirst: boolean, at: number): ClusteringFindingPlaced => ({
  ...{ type: 'clustering.finding-placed', finding, caseId: uuid(3, nth), number: 1_000 + nth, opened: isFirst },
  ...{ because: '', at, groupKey: '' },
});

/** Facts of one case after the other, each stream in order. */
export function* lifeOf({ tenant, findings, cases, days, to }: LongLife): Generator<Heard[]> {
  const each = findings / cases;
  let placed = 0;
  for (let nth = 0; nth < cases; nth += 1) {
    const at = Math.floor(to - days * DAY_MS + (nth * days * DAY_MS) / cases);
    const own = Array.from({ length: Math.floor((nth + 1) * each) - Math.floor(nth * each) }, (_, index) => ({
      ...findingOf(Math.floor(nth * each) + index, nth % 2_000),
      ...{ occurredAt: at - 9_000, ingestedAt: at - 4_000, detectedAt: at - 1_000 },
    }));
    yield [
      ...own.map((one) => heard(raisedOf(one), { tenant, time: one.detectedAt })),
      ...own.map((one, index) =>
        heard(placedOf(one, nth, index === 0, at), {
          ...{ tenant, subject: `clustering/${tenant}`, time: at },
          sequence: { version: (placed += 1), index: 0, count: 1 },
        }),
      ),
      ...streamed(tenant, `case/${tenant}/${uuid(3, nth)}`, caseFacts(nth, at, own)),
      ...(nth % 5 === 0 ? streamed(tenant, `action/${tenant}/${uuid(4, nth)}`, actionFacts(nth, at)) : []),
    ];
  }
}
