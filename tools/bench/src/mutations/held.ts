/** What holds for every line, whatever it is, and what it costs. */
import type { SourceKind, TelemetryEvent } from '#contracts';
import { readEvent, type JsonObject, type SourceKind as RuleSourceKind } from '#libs/sigma';
import { isName } from '#libs/terms';
import type { MutatedParser } from './line-forms.js';
import { readLine, type ReadLine } from './read-line.js';

/** Fields of rules, by whose way to an event every reading is made. */
const FIELDS = ['CommandLine', 'src_ip', 'c-uri', 'Image', 'eventName', 'query', 'User', 'derived.time'];

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
const wrongWith = ({ events, rejected }: ReadLine): string | undefined => {
  const lost = rejected.find(({ code, sentence }) => code === 'NOT_NORMALISED' || sentence === '');
  return lost ? `${lost.code}: ${lost.sentence}` : events.map(odd).find((one) => one !== undefined);
};

/** Reads a line and says what is wrong with what came of it; counts what came. */
export const held = (
  parser: Pick<MutatedParser, 'kind' | 'door'>,
  line: Buffer,
): { events: number; rejected: number; classed: number; wrong?: string } => {
  try {
    const read = readLine(parser, line);
    readByRules(parser.kind, read.events);
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
