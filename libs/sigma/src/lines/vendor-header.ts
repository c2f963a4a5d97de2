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

const LONGEST_BEFORE = 512;
const HEADER =
  /^(?:<\d{1,3}>)?:?\s?(?:1 )?(?:(?:\S{3} )?[A-Z][a-z]{2} [ \d]?\d (?:\d{4} )?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: \d{4})?|\d{4}[-/]\d\d[-/]\d\d[T ]\S{5,32}|\d{10,19}(?:\.\d{1,9})?)?:? */;
const MOST_WORDS = 2;

/**
 * Where what begins a record of this form stands: at the start of a line or behind what may be a syslog header, which
 * is no more than a time and two words (or, with a version, the five and the elements of RFC 5424). Further behind it
 * would be a text that somebody wrote into the message of another program. -1 when there is none.
 */
export const recordStart = (line: string, form: RegExp): number => {
  const at = line.slice(0, LONGEST_BEFORE).search(form);
  if (at < 0) return -1;
  const before = line.slice(0, at);
  if (/^<\d{1,3}>1 /.test(before)) return /^<\d{1,3}>1 (?:\S+ ){1,6}(?:\[.*\] ?)?\ufeff?$/s.test(before) ? at : -1;
  const words = before.slice(HEADER.exec(before)?.[0].length ?? 0).trim();
  return words === '' || words.split(/\s+/).length <= MOST_WORDS ? at : -1;
};
