/**
 * Matches that feed correlations in, findings of correlations out. What comes of a partition follows from its records
 * alone:
 * event time is told by them too. So whoever gets the partition, from whichever checkpoint, raises the same findings.
 */
import type { DetectionMatched, DetectionTimePassed, FindingRaised } from '#contracts';
import { fromRecord, type InRecord, type OutRecord } from '#libs/events';
import { idOf } from '#libs/model';
import { type Clock, orSetAside, type Out, yieldingInSlices } from '#libs/service';
import {
  feed,
  pass,
  type CorrelationOptions,
  type CorrelationOutcome,
  type CorrelationState,
  type Growth,
} from '#libs/sigma';
import { HOUR_MS } from '#libs/terms';
import { countedIn, floods, type FloodLimits } from '../domain/flood/counting.js';
import { floodFinding } from '../domain/flood/flood-finding.js';
import type { Detection } from '../domain/hits/hit.js';
import { attachmentOf, correlatedFinding, noteOf } from '../domain/finding/correlation-finding.js';
import type { CompiledRules } from '../rules/loaded-rules.js';
import { checkpointed, type CheckpointedPipe, type CheckpointedPorts } from '../checkpoints/checkpointed-pipe.js';
import type { ClaimedPartition } from '../checkpoints/partition.js';
import { shardOf } from '../checkpoints/shards.js';
import { correlateCodec, countedHere, heldIn, type CorrelateState } from '../correlating/correlate-state.js';
import { publishRepeats } from '../effects/publish-repeats.js';

const UNSENT_AT_MOST = 100;
const LOGGED_AT_MOST = 5;

export interface CorrelatePorts extends CheckpointedPorts {
  out: Out;
  clock: Clock;
  rules(tenant: string): CompiledRules | Promise<CompiledRules>;
  options: CorrelationOptions;
  /** What a correlation and all of them may raise for a tenant within an hour, in a partition. */
  limits: FloodLimits;
  count(figures: { matches: number; late: number; unknown: number; evicted: number; raised: number }): void;
  /** Told now and then what a partition holds. */
  holds?(partition: number, growth: Pick<Growth, 'groups' | 'bytes'>): void;
}

type Matches = ClaimedPartition<CorrelateState>;

/**
 * @returns undefined when the correlation does not run here: it was taken away, or this replica has not loaded it yet.
 */
const outcomesOf = (
  message: DetectionMatched | DetectionTimePassed,
  tenant: string,
  rules: CompiledRules,
  state: CorrelationState,
  options: CorrelationOptions,
): CorrelationOutcome[] | undefined => {
  const { correlationId, stream, upTo, heardAt } = message;
  const plan = rules.correlating(correlationId)?.plan;
  if (!plan) return undefined;
  const told = { scope: tenant, correlationId, stream, upTo, heardAt };
  if (message.type === 'detection.time-passed') return [pass(plan, state, told, options)];
  return message.matches.map((match) =>
    feed(plan, state, { ...match, ...told, note: noteOf(match, message), attachment: attachmentOf(match) }, options),
  );
};

const raisedBy = (
  { out, clock, limits }: CorrelatePorts,
  rules: CompiledRules,
  partition: Matches,
  outcomes: CorrelationOutcome[],
  causationId: string,
): OutRecord[] =>
  outcomes
    .flatMap(({ fired }) => fired)
    .flatMap((one) => {
      const known = rules.correlating(one.correlationId);
      if (!known) return [];
      const {
        detection,
        correlation: { type },
        titleOf,
      } = known;
      const found = correlatedFinding(one, detection, { how: type, titleOf, now: clock.now() });
      const fact = held(partition, one.scope, found, detection, limits);
      if (!fact) return [];
      const { findingId } = fact;
      return [
        out.record(one.scope, fact, {
          id: idOf('finding.raised', findingId),
          subject: findingId,
          causationId,
          correlationId: findingId,
        }),
      ];
    });

/**
 * The finding itself; when its correlation floods the one that says so, or nothing when it was said: then it is
 * counted.
 */
const held = (
  { kept, recordedAt }: Matches,
  tenant: string,
  found: FindingRaised,
  detection: Detection,
  limits: FloodLimits,
): FindingRaised | undefined => {
  const counted = countedIn(kept.floods.get(tenant), recordedAt);
  const kind = floods(counted, detection.id, limits);
  kept.floods.set(tenant, counted);
  if (!kind) return found;
  const fact = floodFinding(
    { tenant, source: found.source, kind: found.kind },
    { kind, detection, hour: counted.hour, limits, groupKeys: [found.groupKey], events: found.events },
    found.detectedAt,
  );
  const before = kept.told.get(fact.findingId);
  const { detectedAt: now, occurredAt } = found;
  kept.told.set(fact.findingId, {
    ...(before ?? { tenant, published: 1, publishedAt: now, windowMs: HOUR_MS, places: {} }),
    count: (before?.count ?? 0) + 1,
    lastOccurredAt: Math.max(before?.lastOccurredAt ?? 0, occurredAt),
    matchedAt: recordedAt,
  });
  return before ? undefined : fact;
};

const matchesIn = (message: DetectionMatched | DetectionTimePassed): number =>
  message.type === 'detection.matched' ? message.matches.length : 0;

const tell = (
  { log, count }: CorrelatePorts,
  matches: number,
  outcomes: CorrelationOutcome[],
  raised: number,
): void => {
  const late = outcomes.flatMap((outcome) => outcome.late).filter(({ repeated }) => !repeated);
  const evicted = outcomes.flatMap((outcome) => outcome.evicted);
  count({ matches, late: late.length, unknown: 0, evicted: evicted.length, raised });
  if (late.length > 0)
    log.warn(
      { late: late.length, first: late.slice(0, LOGGED_AT_MOST) },
      'matches came too late for their correlation',
    );
  if (evicted.length > 0)
    log.warn(
      { evicted: evicted.length, first: evicted.slice(0, LOGGED_AT_MOST) },
      'too much is being counted: the oldest groups were given up',
    );
};

const take = async (ports: CorrelatePorts, partition: Matches, record: InRecord): Promise<void> => {
  const { kept } = partition;
  partition.recordedAt = Math.max(partition.recordedAt, record.timestamp);
  const heard = await orSetAside(ports.out, record, () => fromRecord<DetectionMatched | DetectionTimePassed>(record));
  if (!heard) return;
  const { envelope, message } = heard;
  const rules = await ports.rules(envelope.tenant);
  await orSetAside(ports.out, record, () => {
    const { state, options } = countedHere(kept, shardOf(record), ports.options);
    const outcomes = outcomesOf(message, envelope.tenant, rules, state, options);
    if (!outcomes) return ports.count({ matches: 0, late: 0, unknown: matchesIn(message), evicted: 0, raised: 0 });
    const raised = raisedBy(ports, rules, partition, outcomes, envelope.id);
    kept.unsent.push(...raised);
    tell(ports, matchesIn(message), outcomes, raised.length);
  });
};

const flush = async ({ out }: CorrelatePorts, { kept }: Matches): Promise<void> => {
  if (kept.unsent.length > 0) await out.send(kept.unsent);
  kept.unsent = [];
};

const work = async (ports: CorrelatePorts, partition: Matches, records: InRecord[]): Promise<void> => {
  const share = yieldingInSlices();
  // Of a batch that failed when its findings were sent: they are done, and only wait for the broker.
  await flush(ports, partition);
  for (const record of records) {
    await take(ports, partition, record);
    partition.next = BigInt(record.offset) + 1n;
    partition.changed = true;
    if (partition.kept.unsent.length >= UNSENT_AT_MOST) await flush(ports, partition);
    await share();
  }
  await flush(ports, partition);
};

export const correlatePipe = (ports: CorrelatePorts): CheckpointedPipe =>
  checkpointed(ports, {
    codec: correlateCodec,
    take: (partition, records) => work(ports, partition, records),
    tidy: async (partition) => {
      ports.holds?.(partition.partition, heldIn(partition.kept));
      await flush(ports, partition);
      // Findings that say that a correlation floods are counted on.
      await publishRepeats(ports, partition, partition.kept.told);
    },
    isSettled: ({ kept }) => kept.unsent.length === 0,
  });
