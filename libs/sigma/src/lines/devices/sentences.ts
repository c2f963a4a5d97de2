import { isIP } from 'node:net';
import type { JsonObject } from '../../json.js';

/** Sentences of devices are short; looking for them in long texts would be slow. */
export const LONGEST_SENTENCE = 2_048;

/** A line that a device may have written, as those who read one form of it need it. */
export interface DeviceLine {
  line: string;
  /** Index behind the syslog header: where the message begins. */
  from: number;
  /** The tag of the header, which some devices write what happened into. */
  app?: string;
  /**
   * Where the first value behind the header may stand. A device's sentence begins before it: behind it, it is a text
   * that a stranger wrote into a value (his user agent, an address he asked for).
   */
  plainTo: number;
}

/** `plainTo` of a line. */
export const plainUpTo = (line: string, from: number): number => {
  const at = line.slice(from).search(/["=]/);
  return at < 0 ? line.length : from + at;
};

/** What a sentence tells: the form of its text, and what it says by being written at all. */
export interface DeviceSentence {
  form: RegExp;
  says: JsonObject;
}

/** Fields under `derived.activity`: what kind of event a sentence is about; traffic where it says none. */
export const ACTIVITIES = {
  logon: { 'derived.activity': 'logon' },
  failed: { 'derived.activity': 'logon-failed' },
  logoff: { 'derived.activity': 'logoff' },
  config: { 'derived.activity': 'config' },
  web: { 'derived.activity': 'web' },
  detection: { 'derived.activity': 'detection' },
  translation: { 'derived.activity': 'translation' },
  device: { 'derived.activity': 'device' },
} as const;

/** What stands for a value of that name; the others are a word. */
const FORMS: Record<string, string> = {
  protocol: String.raw`[\w-]{1,32}`,
  username: '.{1,256}',
  reason: '[^:]{1,256}',
  group: '.{1,128}',
  command: '.{1,1024}',
  url: String.raw`\S{1,1900}`,
};
const formOf = (name: string): string =>
  name.endsWith('_ip')
    ? String.raw`[\w.:%-]{1,128}`
    : name.endsWith('_port')
      ? String.raw`[\w-]{1,32}`
      : (FORMS[name] ?? String.raw`[^\s,;]{1,128}`);

/** Sides of a connection as Cisco writes them, and the translated address and the user behind one. */
const MACROS: Record<string, string> = {
  src: String.raw`[^\s:/]{1,64}:<src_ip>/<src_port>`,
  dst: String.raw`[^\s:/]{1,64}:<dst_ip>/<dst_port>`,
  one: String.raw`[^\s:/]{1,64}:<one_ip>/<one_port>`,
  other: String.raw`[^\s:/]{1,64}:<other_ip>/<other_port>`,
  as: String.raw`(?: ?\([\w.:%-]{1,128}(?:/[\w-]{1,32})?\))?`,
  who: String.raw`(?: ?\((?:LOCAL\\)?(?<username>[^()/]{1,128})\))?`,
  whose: String.raw`(?: ?\([^()/]{1,128}\))?`,
};

/**
 * A sentence of a table: a regular expression in which `<name>` stands for a value and `{name}` for a part that comes
 * again. It is anchored at the beginning.
 */
export const sentence = (template: string, says: JsonObject = {}): DeviceSentence => {
  const whole = template.replace(/\{([a-z]+)\}/g, (text, name: string) => MACROS[name] ?? text);
  const form = whole.replace(/(?<!\(\?)<([a-z_]+)>/g, (_, name: string) => `(?<${name}>${formOf(name)})`);
  return { form: new RegExp(`^${form}`, 'i'), says };
};

const LOWER = new Set(['action', 'protocol']);

/** Fields by name, without those that have no value; what is no address is no `…_ip` but a name, `…_host`. */
export const fieldsOf = (values: Readonly<Record<string, string | undefined>>): JsonObject => {
  const fields: JsonObject = {};
  for (const [name, value] of Object.entries(values)) {
    const text = value?.trim();
    if (text === undefined || text === '') continue;
    if (name.endsWith('_ip') && isIP(text) === 0) fields[`${name.slice(0, -3)}_host`] = text;
    else fields[name] = LOWER.has(name) ? text.toLowerCase() : text;
  }
  return fields;
};

/** What the first sentence that fits says. */
export const heard = (sentences: readonly DeviceSentence[], text: string): JsonObject | undefined => {
  const said = text.slice(0, LONGEST_SENTENCE);
  for (const { form, says } of sentences) {
    const found = form.exec(said);
    if (found) return { ...fieldsOf(found.groups ?? {}), ...says };
  }
  return undefined;
};

/** Values by the names of their places; those without a name and without a value are left out. */
export const named = (names: readonly string[], values: readonly (string | undefined)[]): JsonObject => {
  const fields: JsonObject = {};
  names.forEach((name, place) => {
    const value = values[place];
    if (name !== '' && value !== undefined && value !== '') fields[name] = value;
  });
  return fields;
};

/** Words that may stand between a header and what a device says: its name, a zone, a month. */
const MOST_WORDS = 3;

/**
 * Where a device's mark stands that begins what it says; -1 where it stands in somebody else's sentence. A name, a
 * count and a time may stand before it.
 */
export const markIn = ({ line, from, plainTo }: DeviceLine, mark: RegExp): number => {
  const at = line.slice(0, LONGEST_SENTENCE).search(mark);
  if (at < 0 || at >= plainTo || !/^$|[\s:>]/.test(line[at - 1] ?? '')) return -1;
  const before = at <= from ? '' : line.slice(from, at);
  return (before.match(/[A-Za-z]{2,}/g) ?? []).length <= MOST_WORDS ? at : -1;
};
