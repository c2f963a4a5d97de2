import type {
  DetectionMatched,
  DetectionTimePassed,
  FindingRaised,
  TelemetryEnriched,
  TelemetryEvent,
  TelemetryNormalized,
} from '#contracts';
import { encode, toRecord, type InRecord } from '#libs/events';
import { openLog } from '#libs/service';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import { until } from '#libs/testing';
import { correlatePipe } from '../../services/detection/src/pipes/correlate.js';
import { detectPipe } from '../../services/detection/src/pipes/detect.js';
import type { CompiledRules } from '../../services/detection/src/rules/loaded-rules.js';
import { MemoryWorld } from '../../services/detection/test/memory-world.js';

const TELEMETRY = { topic: 'vigie.telemetry.enriched', partition: 0 };
const MATCHES = { topic: 'vigie.detection.matches', partition: 0 };
const BATCH = 7;
const UNBOUNDED = { perRule: Infinity, inAll: Infinity };

const shared = (world: MemoryWorld, rules: CompiledRules) => ({
  store: world.store,
  out: world.out,
  clock: { now: () => world.now },
  log: openLog('detection', 'silent'),
  rules: () => rules,
  limits: UNBOUNDED,
  checkpointEveryMs: DAY_MS,
  count: () => undefined,
  delayed: () => undefined,
});

const recordOf = (events: TelemetryEvent[], offset: number, tenant: string): InRecord => {
  const batch: TelemetryNormalized = { type: 'telemetry.normalized', source: 'edr', kind: 'WINDOWS', events };
  const message: TelemetryEnriched = {
    type: 'telemetry.enriched',
    batch: encode(batch),
    context: [],
    complete: true,
  };
  const time = events.at(-1)?.ingestedAt ?? 0;
  const envelope = { id: `b${offset}`, type: message.type, source: 'enrichment', subject: 'edr', time, tenant };
  return { ...toRecord(envelope, message), ...TELEMETRY, offset: String(offset), timestamp: time };
};

/** Event time goes on to `enough`, and everything that waits for it is told; on the way it is told of earlier ones. */
const timePassed = async (world: MemoryWorld, enough: number): Promise<void> => {
  const waiting = new Set(world.said<DetectionMatched>('detection.matched').map(({ detectionId }) => detectionId));
  await until('event time to be told', () => {
    const told = world.said<DetectionTimePassed>('detection.time-passed').filter(({ upTo }) => upTo >= enough);
    return [...waiting].every((one) => told.some(({ detectionId }) => detectionId === one));
  });
};

/** What correlations raise of what the first pipe has sent on. */
const correlated = async (rules: CompiledRules, first: MemoryWorld): Promise<FindingRaised[]> => {
  const world = new MemoryWorld();
  world.now = first.now;
  const pipe = correlatePipe({ ...shared(world, rules), options: {} });
  await pipe.onAssigned?.([MATCHES]);
  const records = first.sent
    .filter(({ headers }) => headers.ce_type?.startsWith('detection.'))
    .map((record, index): InRecord => ({ ...record, ...MATCHES, offset: String(index), timestamp: first.now }));
  await pipe.handle({ ...MATCHES, records, heartbeat: async () => undefined }, world.out);
  await pipe.stop();
  expect(world.aside).toEqual([]);
  return world.said<FindingRaised>('finding.raised');
};

/**
 * What detection raises on a tenant's Windows events, which come in the order given: both of its pipes, broker and
 * store in memory. Each finding once.
 * @param windowMs of findings whose rule names none.
 */
export const detectedIn = async (
  tenant: string,
  rules: CompiledRules,
  events: readonly TelemetryEvent[],
  windowMs: number,
): Promise<FindingRaised[]> => {
  const world = new MemoryWorld();
  const pipe = detectPipe({
    ...shared(world, rules),
    windowMs,
    mostFindings: 1_000_000,
    lateness: { streamedMs: 60_000, deliveredMs: 60_000 },
  });
  await pipe.onAssigned?.([TELEMETRY]);
  const last = events.at(-1);
  const later = (last?.ingestedAt ?? 0) + DAY_MS;
  const all = last
    ? [...events, { ...last, id: 'later', native: Buffer.from('{}'), occurredAt: later, ingestedAt: later }]
    : [];
  for (let from = 0; from < all.length; from += BATCH) {
    const batch = all.slice(from, from + BATCH);
    world.now = batch.at(-1)?.ingestedAt ?? 0;
    const records = [recordOf(batch, from, tenant)];
    await pipe.handle({ ...TELEMETRY, records, heartbeat: async () => undefined }, world.out);
  }
  await timePassed(world, later - HOUR_MS);
  await pipe.stop();
  expect(world.aside).toEqual([]);
  const raised = [...world.said<FindingRaised>('finding.raised'), ...(await correlated(rules, world))];
  return [...new Map(raised.map((one) => [one.findingId, one])).values()];
};
