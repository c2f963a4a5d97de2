/** What a syslog header says, and what stands behind it. */
export type Headed = { host?: string; program?: string; text: string };

const PRIORITY = /^<\d{1,3}>\s?/;
const MODERN = /^1 (\d{4}-\d\d-\d\dT\S{1,54}|-) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) /;
const TIME =
  /^(?:[A-Z][a-z]{2} [ \d]?\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,6})?|\d{4}-\d\d-\d\dT[\d:.]{5,18}(?:Z|[+-]\d\d:?\d\d)?|1 \d{10}(?:\.\d{1,9})?) /;
const HOST = /^([^\s:[\]<>="|]{1,255}) /;
const TAG = /^([^\s:[\]]{1,64})(?:\[\d{1,10}\])?:(?: |$)/;

/** A line without its syslog header, of either RFC, with or without a priority; a line without one as it is. */
export const headed = (line: string): Headed => {
  const behind = line.slice(PRIORITY.exec(line)?.[0].length ?? 0);
  const modern = MODERN.exec(behind);
  if (modern) {
    const [whole, , host, program] = modern;
    return { host: said(host), program: said(program), text: behindElements(behind.slice(whole.length)) };
  }
  const time = TIME.exec(behind)?.[0];
  if (time === undefined) return { text: behind };
  const rest = behind.slice(time.length);
  const bare = TAG.exec(rest);
  if (bare) return { program: bare[1], text: rest.slice(bare[0].length) };
  const host = HOST.exec(rest);
  if (!host) return { text: rest };
  const behindHost = rest.slice(host[0].length);
  const tag = TAG.exec(behindHost);
  return { host: host[1], program: tag?.[1], text: behindHost.slice(tag?.[0].length ?? 0) };
};

const said = (text: string | undefined): string | undefined => (text === '-' ? undefined : text);

/** Structured data is elements in brackets, whose values escape theirs, or `-`. */
const behindElements = (text: string): string => {
  if (!text.startsWith('[')) return text.replace(/^- ?(?:\ufeff)?/, '');
  let isQuoted = false;
  for (let here = 0; here < text.length; here++) {
    const one = text[here];
    if (one === '\\') here++;
    else if (one === '"') isQuoted = !isQuoted;
    else if (one === ']' && !isQuoted && text[here + 1] !== '[')
      return text.slice(here + 1).replace(/^ (?:\ufeff)?/, '');
  }
  return text;
};
