/** Elasticsearch's `_bulk`: each item is told what became of it, and what Kafka does not have is to be sent again. */
import { inSteps } from '#libs/service';
import { AT_ONCE_BYTES, EVENT_COSTS, type BodyFacts, type DoorAnswer } from './body-format.js';
import { bulkTaken, type BulkOutcome } from './bulk-answers.js';
import { documentLine, rejectedDocument, type DocumentLine } from './bulk-documents.js';
import { bulkItems, type BulkItem } from './bulk-lines.js';
import type { AppendedHow } from './ingest-records.js';
import { orLost } from './lost-lines.js';
import { Refusal } from './refusal.js';

/** What a bulk body depends on beside its own bytes. */
export interface BulkPorts {
  append(source: string, events: Buffer[], how: Pick<AppendedHow, 'enveloped'>): Promise<void>;
  /** @throws Refusal 403 for an index that names none. */
  sourceOf(index: string | undefined): string;
  notAppended(error: unknown, source: string): void;
  /** Any clock of ms that only counts up. */
  now(): number;
}

/** Items that become one append. */
interface BulkGroup {
  source: string;
  enveloped: boolean;
  lines: Buffer[];
  outcomes: BulkOutcome[];
}

const DELETE_NOT_TAKEN = { code: 'DELETE_NOT_TAKEN', sentence: 'Events are kept: nothing is deleted by this door.' };
const UPDATE_NOT_TAKEN = {
  code: 'UPDATE_NOT_TAKEN',
  sentence: 'Events do not change: send them with create or index.',
};

const lineOf = ({ action, document }: BulkItem): DocumentLine | undefined => {
  if (!document) return undefined;
  if (action === 'update') return rejectedDocument(document, UPDATE_NOT_TAKEN);
  return orLost(
    () => documentLine(document),
    (problem) => rejectedDocument(document, problem),
  );
};

/** With pauses, in which others have their turn. */
function* grouped(
  items: BulkItem[],
  sourceOf: BulkPorts['sourceOf'],
): Generator<void, { groups: BulkGroup[]; outcomes: BulkOutcome[] }> {
  const groups = new Map<string, BulkGroup>();
  const outcomes: BulkOutcome[] = [];
  let unpaused = 0;
  for (const item of items) {
    unpaused += EVENT_COSTS + (item.document?.length ?? 0);
    if (unpaused > AT_ONCE_BYTES) {
      yield;
      unpaused = 0;
    }
    const source = sourceOf(item.index);
    const { action, index, id } = item;
    const made = lineOf(item);
    const { problem = made ? undefined : DELETE_NOT_TAKEN } = made ?? {};
    const outcome: BulkOutcome = { action, index, id, ...(problem ? { problem: { status: 400, ...problem } } : {}) };
    outcomes.push(outcome);
    if (!made) continue;
    const key = `${source} ${made.enveloped}`;
    const group = groups.get(key) ?? { source, enveloped: made.enveloped, lines: [], outcomes: [] };
    groups.set(key, group);
    group.lines.push(made.line);
    group.outcomes.push(outcome);
  }
  return { groups: [...groups.values()], outcomes };
}

const TRY_AGAIN = { status: 429, code: 'UNAVAILABLE', sentence: 'It could not be stored; send it again.' } as const;

/** Lets go of the lines: no event is held while Kafka is waited for. */
const begun = ({ append }: BulkPorts, group: BulkGroup): Promise<void> => {
  const { source, enveloped, lines } = group;
  group.lines = [];
  return append(source, lines, { enveloped });
};

const stored = async (ports: BulkPorts, group: BulkGroup): Promise<boolean> => {
  try {
    await begun(ports, group);
    return true;
  } catch (error) {
    ports.notAppended(error, group.source);
    for (const outcome of group.outcomes) outcome.problem = TRY_AGAIN;
    return false;
  }
};

/**
 * @param index that the path names.
 * @throws Refusal 400, 403 or 413, and 503 when Kafka has nothing of it.
 */
export const takeBulk = async (
  ports: BulkPorts,
  body: Buffer,
  { index, facts }: { index: string | undefined; facts: BodyFacts },
): Promise<DoorAnswer> => {
  const from = ports.now();
  const { groups, outcomes } = await inSteps(grouped(bulkItems(body, index), ports.sourceOf));
  const whether = await Promise.all(groups.map((group) => stored(ports, group)));
  if (whether.length > 0 && !whether.includes(true))
    throw new Refusal(503, 'UNAVAILABLE', 'The events could not be stored; send them again.');
  return bulkTaken(outcomes, ports.now() - from, facts);
};
