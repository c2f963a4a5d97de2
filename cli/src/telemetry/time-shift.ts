/**
 * Recordings are old; a replay moves their times so that the last event is now, keeping every distance between events.
 */

const TIME_FIELDS = [
  'EventTime',
  '@timestamp',
  'UtcTime',
  'TimeCreated',
  'eventTime',
  'published',
  'timestamp',
  'EventReceivedTime',
  'SystemTime',
  'CreationUtcTime',
];
const TIME = new RegExp(`"(${TIME_FIELDS.join('|')})"\\s*:\\s*"([^"]{10,40})"`, 'g');

interface TimeFormat {
  parse(text: string): number;
  render(time: number, original: string): string;
}

const two = (value: number): string => String(value).padStart(2, '0');
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

const iso: TimeFormat = {
  parse: (text) => {
    const normal = text.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1');
    return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(normal) ? normal.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : `${normal}Z`);
  },
  render: (time, original) => {
    const at = new Date(time);
    const date = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
    const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
    const fraction = /\.(\d+)/.exec(original)?.[1];
    const rest = fraction
      ? `.${String(at.getUTCMilliseconds()).padStart(3, '0').padEnd(fraction.length, '0').slice(0, fraction.length)}`
      : '';
    const zone = /(Z|[+-]\d\d:?\d\d)$/.exec(original)?.[0] ?? '';
    return `${date}${original.includes('T') ? 'T' : ' '}${clock}${rest}${zone && (zone === 'Z' ? 'Z' : zone.includes(':') ? '+00:00' : '+0000')}`;
  },
};

const timesIn = (line: string): number[] =>
  [...line.matchAll(TIME)]
    .filter(([, , text]) => ISO.test(text ?? ''))
    .map(([, , text]) => iso.parse(text ?? ''))
    .filter(Number.isFinite);

/** @returns milliseconds to add so that the last event of the lines is at `now`; undefined when no time was found. */
export const shiftOf = async (lines: AsyncIterable<string>, now: number): Promise<number | undefined> => {
  let last = Number.NEGATIVE_INFINITY;
  for await (const line of lines) {
    for (const time of timesIn(line)) if (time <= now) last = Math.max(last, time);
  }
  return Number.isFinite(last) ? now - last : undefined;
};

/** A line with its times moved by so many milliseconds. */
export const shifted = (line: string, shift: number | undefined): string =>
  shift === undefined
    ? line
    : line.replace(TIME, (whole, _name: string, text: string) =>
        ISO.test(text) && Number.isFinite(iso.parse(text))
          ? whole.replace(text, iso.render(iso.parse(text) + shift, text))
          : whole,
      );
