import type { FindingRepeated } from '#contracts';
import { DAY_MS } from '#libs/terms';
import type { Origin } from '../hits/hit.js';
import type { HitGroup } from '../hits/groups.js';

/** How often a finding's repeats are published at most. */
export const REPEAT_EVERY_MS = 60_000;
/** A finding is remembered this long after its last match, beyond its window. */
const KEEP_MS = DAY_MS;

/** What is remembered of a raised finding, to count its repeats. */
export interface TrackedFinding {
  tenant: string;
  count: number;
  /** Count that was last published; 1 when it was raised. */
  published: number;
  /** Epoch ms by our clock. */
  publishedAt: number;
  lastOccurredAt: number;
  windowMs: number;
  /** When it last matched, by the broker's clock. */
  matchedAt: number;
  /**
   * By source and ingest partition: offset and index of the last event counted. What comes again is not counted again.
   */
  places: Record<string, [offset: number, index: number]>;
}

/** Findings by id, the one matched longest ago first. */
export type TrackedFindings = ReadonlyMap<string, TrackedFinding>;

/** When a batch is processed: by our clock, and by the broker's. Epoch ms. */
export interface Times {
  now: number;
  recordedAt: number;
}

const isAfter = (place: [number, number], last: [number, number] | undefined): boolean =>
  last === undefined || place[0] > last[0] || (place[0] === last[0] && place[1] > last[1]);

/** Adds a group's hits to what is known of its finding. An event counts once, however often it is delivered. */
export const track = (
  before: TrackedFinding | undefined,
  { tenant, source }: Origin,
  { hits }: HitGroup,
  { now, recordedAt }: Times,
): TrackedFinding => {
  const [
    {
      detection: { windowMs },
    },
  ] = hits;
  const after: TrackedFinding = before
    ? { ...before, places: { ...before.places }, matchedAt: recordedAt }
    : {
        tenant,
        count: 0,
        published: 1,
        publishedAt: now,
        lastOccurredAt: 0,
        windowMs,
        matchedAt: recordedAt,
        places: {},
      };
  for (const { event } of hits) {
    const name = `${source}/${event.partition}`;
    const place: [number, number] = [event.offset, event.index];
    if (!isAfter(place, after.places[name])) continue;
    after.places[name] = place;
    after.count += 1;
    after.lastOccurredAt = Math.max(after.lastOccurredAt, event.occurredAt);
  }
  return after;
};

/** A repeat to publish, and what is remembered once it is. */
export interface DueRepeat {
  findingId: string;
  tracked: TrackedFinding;
  fact: FindingRepeated;
}

/** Findings that matched again and were not published for a minute. */
export const repeatsDue = (findings: TrackedFindings, now: number): DueRepeat[] => {
  const due: DueRepeat[] = [];
  for (const [findingId, tracked] of findings) {
    const { count, published, publishedAt, lastOccurredAt } = tracked;
    if (count <= published || now - publishedAt < REPEAT_EVERY_MS) continue;
    due.push({
      findingId,
      tracked: { ...tracked, published: count, publishedAt: now },
      fact: { type: 'finding.repeated', findingId, count, lastOccurredAt, at: now },
    });
  }
  return due;
};

/** Which findings to forget: long over first, then, beyond the bound, those matched longest ago. */
export const toForget = (findings: TrackedFindings, recordedAt: number, atMost: number): string[] => {
  const over: string[] = [];
  for (const [findingId, { matchedAt, windowMs, count, published }] of findings) {
    if (recordedAt - matchedAt > windowMs + KEEP_MS && count <= published) over.push(findingId);
  }
  const gone = new Set(over);
  for (const findingId of findings.keys()) {
    if (findings.size - gone.size <= atMost) break;
    gone.add(findingId);
  }
  return [...gone];
};
