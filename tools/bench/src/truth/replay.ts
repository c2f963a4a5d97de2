import type { FindingRaised, FindingSummary, SourceKind } from '#contracts';
import { sourceOf } from '../../../../services/collection/src/sources/index.js';
import type { NativeObject, Source } from '../../../../services/collection/src/sources/source.js';
import { clusteringStream } from '../../../../services/cases/src/domain/clustering/decider.js';
import { summaryOf } from '../../../../services/cases/src/reactions/findings.js';
import { findingOf } from '../../../../services/detection/src/domain/finding/rule-finding.js';
import { groupsOf } from '../../../../services/detection/src/domain/hits/groups.js';
import type { Hit, Origin, SeenEvent } from '../../../../services/detection/src/domain/hits/hit.js';
import type { CompiledRules } from '../../../../services/detection/src/rules/loaded-rules.js';
import { correlatedIn } from './correlated.js';

/** A vendor's event and the kind of source it is of. */
export type Native = { kind: SourceKind; line: string };

/** A rule matched an event, by its number in the recording; on whom (a host's or an identity's name). */
export type ReplayMatch = { event: number; kind: SourceKind; ruleId: string; entity: string };

/** What the product would make of a recording if it were a tenant's only telemetry. */
export type ReplayOutcome = {
  events: number;
  skipped: number;
  matches: ReplayMatch[];
  findings: FindingSummary[];
  cases: number;
};

/** As collection sees it; an event that does not tell its time happened when the one before it did. */
const seenEvent = (source: Source, event: SeenEvent, before: number): SeenEvent => {
  const parsed = JSON.parse(event.native.toString()) as NativeObject;
  const { occurredAt = before, entity, observables, ocsf } = source.normalise(parsed, event.native);
  return { ...event, occurredAt, ingestedAt: occurredAt, entity, observables, ocsf };
};

/** The events of a line, as the source cuts and wraps them (auditd's text). */
const nativesIn = (source: Source, line: string): Buffer[] => {
  const bytes = Buffer.from(line);
  return line.startsWith('{') ? [bytes] : source.split(bytes).filter(([first]) => first === 0x7b);
};

const bare = (offset: number, native: Buffer): SeenEvent => ({
  id: `event-${offset}`,
  occurredAt: 0,
  ingestedAt: 0,
  entity: '',
  observables: [],
  partition: 0,
  offset,
  index: 0,
  native,
  ocsf: {},
});

const nameIn = (entity: string): string => entity.slice(entity.indexOf(':') + 1);

const ACTOR = { subject: 'cases', side: 'SYSTEM' as const };

/** How many cases the findings end in, placed one after the other as the cases service does. */
export const casesOf = (tenant: string, findings: readonly FindingRaised[]): number => {
  let state = clusteringStream.initial();
  for (const raised of findings) {
    const finding = summaryOf(raised);
    const known = {
      tenant,
      actor: ACTOR,
      roles: ['SERVICE'],
      requestId: finding.findingId,
      now: finding.detectedAt,
      settings: undefined,
    };
    state = clusteringStream
      .decide({ type: 'clustering.place-finding', finding, groupKey: raised.groupKey }, state, known)
      .reduce(clusteringStream.evolve, state);
  }
  return state.cases.size;
};

const findingsOf = (tenant: string, hits: Map<SourceKind, Hit[]>, rules: CompiledRules): FindingRaised[] =>
  [...hits].flatMap(([kind, some]) => {
    const origin: Origin = { tenant, source: kind.toLowerCase(), kind };
    const raising = some.filter(({ isSilent }) => !isSilent);
    const raised = groupsOf(tenant, raising).map((group) =>
      findingOf(origin, group, [], group.hits[0].event.occurredAt),
    );
    return [...raised, ...correlatedIn(origin, some, rules)];
  });

/**
 * Native lines through collection's normalisers (of the events that match), detection's rules, groups, windows and
 * correlations, and the clustering of cases.
 */
export const replay = async (
  name: string,
  lines: AsyncIterable<Native> | Iterable<Native>,
  rules: CompiledRules,
): Promise<ReplayOutcome> => {
  const hits = new Map<SourceKind, Hit[]>();
  const outcome: ReplayOutcome = { events: 0, skipped: 0, matches: [], findings: [], cases: 0 };
  let at = 0;
  const take = (kind: SourceKind, source: Source, native: Buffer): void => {
    const number = outcome.events++;
    const seen = bare(number, native);
    if (rules.hitsOf(kind, seen, undefined).length === 0) return;
    const event = seenEvent(source, seen, at);
    at = event.occurredAt;
    const found = rules.hitsOf(kind, event, undefined);
    hits.set(kind, hits.get(kind) ?? []);
    hits.get(kind)?.push(...found);
    outcome.matches.push(
      ...found.map(({ detection }) => ({ event: number, kind, ruleId: detection.id, entity: nameIn(event.entity) })),
    );
  };
  for await (const { kind, line } of lines) {
    const source = sourceOf(kind);
    const natives = source ? nativesIn(source, line) : [];
    if (source) for (const native of natives) take(kind, source, native);
    if (natives.length === 0) outcome.skipped++;
  }
  const findings = findingsOf(name, hits, rules).sort((a, b) => a.occurredAt - b.occurredAt);
  return { ...outcome, findings: findings.map(summaryOf), cases: casesOf(name, findings) };
};
