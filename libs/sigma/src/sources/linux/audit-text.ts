import { fromHex } from '../shared/derived.js';
import { isType, typeNamed } from './audit-types.js';

/** One record of the audit log: `type=… msg=audit(seconds:serial): name=value …`. */
export type AuditRecord = { type: string; fields: Record<string, string> };
export type AuditLines = { records: AuditRecord[]; seconds?: string; node?: string };

const HEAD = /(?:^|\s)(?:node=(\S+) )?type=([A-Z0-9_]+) (?:msg=)?audit\((\d+\.\d+):\d+\):/;
/** A name begins where no other character of names stands before it: every run of them is read once. */
const NAME = /(?<![A-Za-z0-9_\-[\]])([A-Za-z0-9_\-[\]]+)=/g;
const CLOSING = new Map([
  ['"', '"'],
  ["'", "'"],
  ['{', '}'],
]);
const LONGEST = 65_536;
const MOST_LINES = 64;

/** Whose values the kernel writes in hexadecimal when they hold blanks, quotes or control characters. */
const UNTRUSTED = new Set([
  'comm',
  'exe',
  'name',
  'cwd',
  'proctitle',
  'cmd',
  'key',
  'data',
  'ocomm',
  'path',
  'acct',
  'vm',
]);
const isUntrusted = (type: string, name: string): boolean =>
  UNTRUSTED.has(name) || (type === 'EXECVE' && /^a\d+(?:\[\d+\])?$/.test(name));

/** Records of a text of audit lines; undefined when it holds none. */
export const readAuditText = (text: string): AuditLines | undefined => {
  if (!text.includes('audit(') || !text.includes('type=')) return undefined;
  const found: AuditLines = { records: [] };
  for (const line of text.slice(0, LONGEST).split('\n', MOST_LINES)) {
    const head = HEAD.exec(line);
    if (!head) continue;
    found.node ??= head[1];
    found.seconds ??= head[3];
    const [type, rest] = [typeNamed(head[2] ?? ''), line.slice(head.index + head[0].length)];
    found.records.push(...(type.startsWith('AUOMS_') ? ofAuoms(rest) : [{ type, fields: readPairs(type, rest) }]));
    found.node ??= found.records.at(-1)?.fields.node;
  }
  return found.records.length > 0 ? found : undefined;
};

const FIRST_WORD = /^([A-Z][A-Z\d_]{2,31}) /;

/** A record as the journal has it, whose type stands before its values: `USER_AUTH pid=7 …`. */
export const readJournalAudit = (text: string): AuditLines | undefined => {
  const line = text.slice(0, LONGEST);
  const [head = '', type = ''] = FIRST_WORD.exec(line) ?? [];
  return isType(type) ? { records: [{ type, fields: readPairs(type, line.slice(head.length)) }] } : undefined;
};

/** Names and values as they are written. What is not closed is looked for once: behind it, it is not either. */
function* pairsIn(text: string): Generator<[name: string, value: string]> {
  const unclosed = new Set<string>();
  const names = new RegExp(NAME);
  for (let found = names.exec(text); found; found = names.exec(text)) {
    const start = names.lastIndex;
    const mark = CLOSING.get(text[start] ?? '');
    const close = mark === undefined || unclosed.has(mark) ? -1 : text.indexOf(mark, start + 1);
    if (mark !== undefined && close < 0) unclosed.add(mark);
    const value = close < 0 ? plainAt(text, start) : text.slice(start, close + 1);
    names.lastIndex = start + value.length;
    yield [found[1] ?? '', value];
  }
}

const PLAIN = /[^\s,\x1d]*/y;
const plainAt = (text: string, from: number): string => {
  PLAIN.lastIndex = from;
  return PLAIN.exec(text)?.[0] ?? '';
};

/** Values, unquoted and decoded; what user space says inside msg='…' counts as the record's own. */
const readPairs = (type: string, text: string): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (const [name, value] of pairsIn(text)) {
    const isQuoted = /^["']/.test(value);
    const plain = isQuoted ? value.slice(1, -1) : value;
    if (name === 'msg' && isQuoted) Object.assign(fields, readPairs(type, plain));
    else if (plain !== '(null)' && !Object.hasOwn(fields, name))
      fields[name] = !isQuoted && isUntrusted(type, name) ? (fromHex(plain) ?? plain) : plain;
  }
  return fields;
};

/**
 * Azure's collector writes an event as one record: names beside numbers, paths as lists, a command line that keeps its
 * quotes.
 */
const ofAuoms = (text: string): AuditRecord[] => {
  const fields = readPairs('SYSCALL', text);
  const command = commandIn(text).replace(/^"(.*)"$/s, '$1');
  delete fields.cmdline;
  const [names, kinds] = [listIn(text, 'path_name'), listIn(text, 'path_nametype')];
  const args = Object.fromEntries(command.split(/\s+/).map((one, place) => [`a${place}`, one]));
  return [
    { type: 'SYSCALL', fields: { ...fields, ...(fields.user === undefined ? {} : { UID: fields.user }) } },
    ...(command === '' ? [] : [{ type: 'EXECVE', fields: { ARGV_STR: command, ...args } }]),
    ...names.map((name, place) => ({ type: 'PATH', fields: { name, nametype: kinds[place] ?? '' } })),
  ];
};

const commandIn = (text: string): string => {
  const start = text.search(/\bcmdline=/) + 'cmdline='.length;
  const end = start < 'cmdline='.length ? -1 : text.indexOf(' redactors=', start);
  return end < 0 ? '' : text.slice(start, end);
};

/** `name=["a","b"]` */
const listIn = (text: string, name: string): string[] => {
  const start = text.indexOf(`${name}=["`) + name.length + 2;
  const end = start < name.length + 2 ? -1 : text.indexOf(']', start);
  return end < 0 || text[end - 1] !== '"' ? [] : text.slice(start + 1, end - 1).split('","');
};
