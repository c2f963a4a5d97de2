/** What holds for every line, whatever it is, and what it costs. */
import type { SourceKind, TelemetryEvent } from '#contracts';
import { atOnce } from '#libs/service';
import { readEvent, type JsonObject, type SourceKind as RuleSourceKind } from '#libs/sigma';
import { isName } from '#libs/terms';
import { withoutMisfits } from '../../../../services/collection/src/ingest/contract-misfits.js';
import { readMessage, type ReadPieces } from '../../../../services/collection/src/ingest/message.js';
import { sourceOf } from '../../../../services/collection/src/sources/index.js';
import { readSubmitted } from '../../../../services/collection/src/submitted/read.js';

const PLACE = { topic: 'ingest.acme.x', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 3) };
/** Fields of rules, by whose way to an event every reading is made. */
const FIELDS = ['CommandLine', 'src_ip', 'c-uri', 'Image', 'eventName', 'query', 'User', 'derived.time'];

/** Reads a line as the service does: pieces, events, and whether these fit the contract. */
export const readLine = (kind: SourceKind, line: Buffer): ReadPieces => {
  if (kind === 'CONTRACT') return atOnce(withoutMisfits({ ...readSubmitted(line, PLACE), source: 'x', kind }));
  const source = sourceOf(kind);
  if (!source) throw new Error(`no source of ${kind}`);
  return atOnce(withoutMisfits({ ...readMessage(line, PLACE, source), source: 'x', kind }));
};

/** Finds fields as rules do, which know no fields of what partners have normalised. */
const readByRules = (kind: SourceKind, events: readonly TelemetryEvent[]): void => {
  for (const { native } of kind === 'CONTRACT' ? [] : events) {
    const { find } = readEvent(
      kind.toLowerCase().replaceAll('_', '-') as RuleSourceKind,
      JSON.parse(String(native)) as JsonObject,
    );
    for (const field of FIELDS) find(field);
  }
};

const odd = ({ entity, occurredAt, observables }: TelemetryEvent): string | undefined => {
  const [, value] = /^[a-z-]+:(.*)$/s.exec(entity) ?? [];
  if (value === undefined || !isName(value)) return `its entity is ${JSON.stringify(entity)}`;
  if (!Number.isInteger(occurredAt)) return `it happened at ${occurredAt}`;
  return observables.some(({ value }) => value === '') ? 'an observable is empty' : undefined;
};

/** What must not be, of a line's reading; undefined when all holds. */
const wrongWith = ({ events, rejected }: ReadPieces): string | undefined => {
  const lost = rejected.find(({ code, sentence }) => code === 'NOT_NORMALISED' || sentence === '');
  return lost ? `${lost.code}: ${lost.sentence}` : events.map(odd).find((one) => one !== undefined);
};

/** Reads a line and says what is wrong with what came of it; counts what came. */
export const held = (
  kind: SourceKind,
  line: Buffer,
): { events: number; rejected: number; classed: number; wrong?: string } => {
  try {
    const read = readLine(kind, line);
    readByRules(kind, read.events);
    const wrong = wrongWith(read);
    return {
      events: read.events.length,
      rejected: read.rejected.length,
      classed: read.events.filter(({ ocsf }) => ocsf.classUid !== 0).length,
      ...(wrong === undefined ? {} : { wrong }),
    };
  } catch (error) {
    return {
      events: 0,
      rejected: 0,
      classed: 0,
      wrong: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
};
