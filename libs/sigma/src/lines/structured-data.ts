/** RFC 5424's structured data: elements by their id, each with its parameters as they read without escapes. */
export type StructuredData = Record<string, Record<string, string>>;

const NAME = /[^\s=\]"]{1,128}/y;
const MOST_ELEMENTS = 64;
const MOST_PARAMETERS = 256;
/** Senders are to keep a whole message under 2 KiB; a value that goes on for longer is none. */
const LONGEST_VALUE = 65_536;

const nameAt = (line: string, at: number): string | undefined => {
  NAME.lastIndex = at;
  return NAME.exec(line)?.[0];
};

/** A value in quotes: \" \\ and \] stand for the second character, any other backslash for itself. */
const valueAt = (line: string, from: number): { value: string; end: number } | undefined => {
  let [value, begin] = ['', from];
  const last = Math.min(line.length, from + LONGEST_VALUE);
  for (let here = from; here < last; here += 1) {
    const char = line[here];
    if (char === '"') return { value: value + line.slice(begin, here), end: here + 1 };
    if (char !== '\\') continue;
    const next = line[here + 1];
    if (next === '"' || next === '\\' || next === ']') {
      value += line.slice(begin, here);
      begin = here + 1;
      here += 1;
    }
  }
  return undefined;
};

const elementAt = (
  line: string,
  from: number,
): { id: string; parameters: Record<string, string>; end: number } | undefined => {
  const id = line[from] === '[' ? nameAt(line, from + 1) : undefined;
  if (id === undefined) return undefined;
  const parameters = new Map<string, string>();
  let here = from + 1 + id.length;
  for (let count = 0; count <= MOST_PARAMETERS; count += 1) {
    if (line[here] === ']') return { id, parameters: Object.fromEntries(parameters), end: here + 1 };
    while (line[here] === ' ') here += 1;
    const name = nameAt(line, here);
    if (name === undefined || !line.startsWith('="', here + name.length)) return undefined;
    const value = valueAt(line, here + name.length + 2);
    if (!value) return undefined;
    // A name may come again: the first is kept, so that nothing behind it takes its place.
    if (!parameters.has(name)) parameters.set(name, value.value);
    here = value.end;
  }
  return undefined;
};

/**
 * The structured data at an index and where the message begins behind it. Undefined where there is none: what begins
 * otherwise is the message.
 */
export const structuredDataAt = (
  line: string,
  from: number,
): { elements?: StructuredData; end: number } | undefined => {
  const behind = (end: number): number => (line[end] === ' ' ? end + 1 : end);
  if (line[from] === '-' && (line[from + 1] === ' ' || from + 1 === line.length)) return { end: behind(from + 1) };
  const elements = new Map<string, Record<string, string>>();
  let here = from;
  while (line[here] === '[' && elements.size < MOST_ELEMENTS) {
    const element = elementAt(line, here);
    if (!element) break;
    if (!elements.has(element.id)) elements.set(element.id, element.parameters);
    here = element.end;
  }
  if (here === from) return undefined;
  if (here < line.length && line[here] !== ' ') return undefined;
  return { elements: Object.fromEntries(elements), end: behind(here) };
};
