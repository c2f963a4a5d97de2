import { fromHex } from './reading.js';

/** One record of the audit log: `type=… msg=audit(seconds:serial): name=value …`. */
export type AuditRecord = { type: string; fields: Record<string, string> };
export type AuditLines = { records: AuditRecord[]; seconds?: string; node?: string };

const HEAD = /(?:^|\s)(?:node=(\S+) )?type=([A-Z0-9_]+) msg=audit\((\d+\.\d+):\d+\):/;
const PAIR = /([A-Za-z0-9_\-[\]]+)=("[^"]*"|'[^']*'|\{[^}]*\}|[^\s,]*)/g;
const LONGEST = 65_536;
const MOST_LINES = 64;

/** Whose values the kernel writes in hexadecimal when they hold blanks, quotes or control characters. */
const UNTRUSTED = new Set(['comm', 'exe', 'name', 'cwd', 'proctitle', 'cmd', 'key', 'data', 'ocomm', 'path', 'acct', 'vm']);
const isUntrusted = (type: string, name: string): boolean => UNTRUSTED.has(name) || (type === 'EXECVE' && /^a\d+(?:\[\d+\])?$/.test(name));

/** Records of a text of audit lines; undefined when it holds none. */
export const readAuditText = (text: string): AuditLines | undefined => {
  if (!text.includes('msg=audit(')) return undefined;
  const found: AuditLines = { records: [] };
  for (const line of text.slice(0, LONGEST).split('\n', MOST_LINES)) {
    const head = HEAD.exec(line);
    if (!head) continue;
    found.node ??= head[1];
    found.seconds ??= head[3];
    found.records.push({ type: head[2] ?? '', fields: readPairs(head[2] ?? '', line.slice(head.index + head[0].length)) });
  }
  return found.records.length > 0 ? found : undefined;
};

/** Values, unquoted and decoded; what user space says inside msg='…' counts as the record's own. */
const readPairs = (type: string, text: string): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(PAIR)) {
    const isQuoted = /^["']/.test(value);
    const plain = isQuoted ? value.slice(1, -1) : value;
    if (name === 'msg' && isQuoted) Object.assign(fields, readPairs(type, plain));
    else if (plain !== '(null)' && !Object.hasOwn(fields, name)) fields[name] = !isQuoted && isUntrusted(type, name) ? (fromHex(plain) ?? plain) : plain;
  }
  return fields;
};
