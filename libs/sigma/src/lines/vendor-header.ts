import { readSyslogHeader } from './syslog-header.js';

/**
 * CEF and LEEF begin with values between bars. A bar or backslash inside a value is escaped.
 * @returns the values, unescaped, and where the text behind the last bar begins; undefined when there are fewer.
 */
export const barred = (text: string, from: number, count: number): { values: string[]; end: number } | undefined => {
  const values: string[] = [];
  let start = from;
  for (let here = from; here < text.length && values.length < count; here++) {
    const one = text[here];
    if (one === '\\') here++;
    else if (one === '|') {
      values.push(
        text
          .slice(start, here)
          .replace(/\\([\\|])/g, '$1')
          .trim(),
      );
      start = here + 1;
    }
  }
  return values.length === count ? { values, end: start } : undefined;
};

const LONGEST_BEFORE = 1_024;

/**
 * Where what begins a record of this form stands: at the start of a line, behind a syslog header, or behind a word or
 * two of one that is not whole. Further behind it would be a text that somebody wrote into the message of another
 * program. -1 when there is none.
 */
export const recordStart = (line: string, form: RegExp): number => {
  const at = line.slice(0, LONGEST_BEFORE).search(form);
  if (at <= 0) return at;
  const header = readSyslogHeader(line);
  const before = line.slice(Math.min(header?.end ?? 0, at), at).trim();
  const mostWords = header?.time === undefined ? 2 : 1;
  return before === '' || before.split(/\s+/).length <= mostWords ? at : -1;
};
