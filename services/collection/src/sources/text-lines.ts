import { splitJson } from './json-pieces.js';

const AUDIT_ID = /msg=audit\((\d+\.\d+:\d+)\)/;
const MOST_LINES = 32;

/**
 * JSON as `splitJson` cuts it. Lines of text become `{ "message": line }` each; audit records of one event that follow
 * each other become one message. These pieces are copies: text is no JSON.
 */
export const splitLines = (message: Buffer): Buffer[] => {
  const text = message.toString('utf8');
  if (/^\s*[{[]/.test(text)) return splitJson(message);
  const pieces: string[][] = [];
  let before: string | undefined;
  for (const line of text
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const id = AUDIT_ID.exec(line)?.[1];
    const last = pieces.at(-1);
    if (id !== undefined && id === before && last && last.length < MOST_LINES) last.push(line);
    else pieces.push([line]);
    before = id;
  }
  return pieces.map((lines) => jsonIn(lines) ?? Buffer.from(JSON.stringify({ message: lines.join('\n') })));
};

/** The object behind a syslog header, when that is what a line carries. */
const jsonIn = ([line = '', ...more]: string[]): Buffer | undefined => {
  const start = line.indexOf('{');
  if (start < 0 || more.length > 0 || !line.endsWith('}')) return undefined;
  try {
    JSON.parse(line.slice(start));
    return Buffer.from(line.slice(start));
  } catch {
    return undefined; // Text that only looks like JSON stays text.
  }
};
