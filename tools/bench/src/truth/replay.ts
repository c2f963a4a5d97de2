import type { FindingSummary, SourceKind } from '#contracts';
import { sourceOf } from '../../../../services/collection/src/sources/index.js';
import type { JsonObject } from '../../../../services/collection/src/sources/source.js';
import { clusteringStream } from '../../../../services/cases/src/domain/clustering.js';
import { summaryOf } from '../../../../services/cases/src/reactions/findings.js';
import { findingOf, groupsOf } from '../../../../services/detection/src/domain/finding.js';
import type { Hit, Origin, SeenEvent } from '../../../../services/detection/src/domain/hit.js';
import type { CompiledRules } from '../../../../services/detection/src/rules/compiled.js';

/** A vendor's event and the kind of source it is of. */
export type Native = { kind: SourceKind; line: string };

/** A rule matched an event, by its number in the recording; on whom (a host's or an identity's name). */
export type Match = { event: number; ruleId: string; entity: string };

/** What the product would make of a recording if it were a tenant's only telemetry. */
export type Outcome = { events: number; skipped: number; matches: Match[]; findings: FindingSummary[]; cases: number };

const objectIn = (line: string): JsonObject | undefined => {
  try {
    const parsed = JSON.parse(line) as unknown;
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as JsonObject) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** As collection sees it; an event that does not tell its time happened when the one before it did. */
const seenEvent = ({ kind, line }: Native, offset: number, before: number): SeenEvent | undefined => {
  const [event, source] = [objectIn(line), sourceOf(kind)];
  if (!event || !source) return undefined;
  const native = Buffer.from(line);
  const { occurredAt = before, entity, observables, ocsf } = source.normalise(event, native);
  return { id: `event-${offset}`, occurredAt, ingestedAt: occurredAt, entity, observables, partition: 0, offset, index: 0, native, ocsf };
};

const nameIn = (entity: string): string => entity.slice(entity.indexOf(':') + 1);

const ACTOR = { subject: 'cases', side: 'SYSTEM' as const };

/** How many cases the findings end in, placed one after the other as the cases service does. */
export const casesOf = (tenant: string, findings: readonly FindingSummary[]): number => {
  let state = clusteringStream.initial();
  for (const finding of findings) {
    const known = { tenant, actor: ACTOR, requestId: finding.findingId, now: finding.detectedAt, settings: undefined };
    state = clusteringStream.decide({ type: 'clustering.place-finding', finding }, state, known).reduce(clusteringStream.evolve, state);
  }
  return Object.keys(state.cases).length;
};

const findingsOf = (tenant: string, hits: Map<SourceKind, Hit[]>): FindingSummary[] =>
  [...hits].flatMap(([kind, some]) => {
    const origin: Origin = { tenant, source: kind.toLowerCase(), kind };
    return groupsOf(tenant, some).map((group) => summaryOf(findingOf(origin, group, [], group.hits[0].event.occurredAt)));
  });

/** Native lines through collection's normalisers, detection's rules, groups and windows, and the clustering of cases. */
export const replay = async (name: string, lines: AsyncIterable<Native> | Iterable<Native>, rules: CompiledRules): Promise<Outcome> => {
  const hits = new Map<SourceKind, Hit[]>();
  const outcome: Outcome = { events: 0, skipped: 0, matches: [], findings: [], cases: 0 };
  let at = 0;
  for await (const line of lines) {
    const event = seenEvent(line, outcome.events, at);
    if (!event) {
      outcome.skipped++;
      continue;
    }
    at = event.occurredAt;
    const found = rules.hitsOf(line.kind, event, undefined);
    const before = hits.get(line.kind);
    if (before) before.push(...found);
    else hits.set(line.kind, [...found]);
    outcome.matches.push(...found.map(({ detection }) => ({ event: outcome.events, ruleId: detection.id, entity: nameIn(event.entity) })));
    outcome.events++;
  }
  outcome.findings = findingsOf(name, hits).sort((a, b) => a.occurredAt - b.occurredAt);
  return { ...outcome, cases: casesOf(name, outcome.findings) };
};
