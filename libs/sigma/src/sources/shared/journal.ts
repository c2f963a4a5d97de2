import type { Json, JsonObject } from '../../json.js';

/** A member that systemd's journal names, and what nobody else says beside it. */
const NAME = /^[A-Z_][A-Z\d_]{0,63}$/;
const OF_JOURNAL = [
  '__REALTIME_TIMESTAMP',
  '__CURSOR',
  '_BOOT_ID',
  '_MACHINE_ID',
  '_TRANSPORT',
  '_HOSTNAME',
  '_COMM',
  'SYSLOG_IDENTIFIER',
];
const MOST_VALUES = 64;
/** More than the journal takes as a text by default. */
const LONGEST = 65_536;

const isByte = (value: Json): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255;

/** A text as the journal's JSON writes it when it holds a control character or is not UTF-8: the numbers of its bytes. */
const textOfBytes = (list: readonly Json[]): string | undefined => {
  const looked = list.slice(0, LONGEST);
  if (looked.length === 0 || !looked.every(isByte)) return undefined;
  const bytes = Buffer.from(looked as number[]);
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
};

/** A member that is a list: one value as its bytes, or several, for the journal may hold a name more than once. */
const valueOf = (list: readonly Json[], name: string): Json => {
  const text = textOfBytes(list);
  if (text !== undefined) return text;
  const values = list.slice(0, MOST_VALUES).map((one) => (Array.isArray(one) ? (textOfBytes(one) ?? one) : one));
  return name === 'MESSAGE' && values.every((one) => typeof one === 'string') ? values.join('\n') : values;
};

/**
 * An event whose members are texts where the journal's JSON (`journalctl -o json`, and what passes that on: the
 * Collector's receiver) has the numbers of their bytes; any other event as it is.
 */
export const withTextsOfJournal = (event: JsonObject): JsonObject => {
  const lists = Object.keys(event).filter((name) => Array.isArray(event[name]) && NAME.test(name));
  if (lists.length === 0 || !isOfJournal(event)) return event;
  const texts: JsonObject = { ...event };
  for (const name of lists) {
    const list = event[name];
    if (Array.isArray(list)) texts[name] = valueOf(list, name);
  }
  return texts;
};

/** A message of bytes alone is the journal's, too. */
const isOfJournal = (event: JsonObject): boolean =>
  Array.isArray(event.MESSAGE) || OF_JOURNAL.some((name) => Object.hasOwn(event, name));
