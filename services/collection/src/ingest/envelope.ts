/**
 * What stood around an event: a syslog header, HEC's envelope, OTLP's resource (`enveloped.ts`). It is said by who
 * sent the event, never by the event itself, and nothing that stands in the event changes it. It reaches an event's
 * time and host by one rule for all sources: `placed-time.ts`, `placed-host.ts`.
 */
import { momentOf, type SyslogHeader, type WrittenTime } from '#libs/sigma';
import { TIME_OBSERVED } from '../envelope/line.js';
import { hostOf } from '../envelope/said.js';
import type { SaidOf } from './said-json.js';
import { timeOfBoth, type SaidTime, type ToldTime } from './said-times.js';

/** What a header says, and all that a protocol said, and those who passed the event on, the outermost first. */
export interface KeptEnvelope {
  header?: SyslogHeader;
  said?: { by: string; said: SaidOf }[];
}

export interface EventEnvelope {
  /** Who says so, as flags name it. */
  by: string;
  time?: SaidTime | undefined;
  host?: string | undefined;
  /** What is kept of it beside the vendor's JSON, which does not hold it: `envelope-json.ts`. */
  kept?: KeptEnvelope;
  /** It only says what the event does not: it stood inside of what a shipper says more about. */
  isFallback?: true;
  /** Its host is the node of a pod: nothing that the pod prints counts before. */
  isNode?: true;
  /** A program in a container printed it, where anybody may have. */
  isPrinted?: true;
  /** It stood in what a shipper says of its line, and this is what the shipper says of when, epoch ms. */
  shippedAt?: readonly number[];
  /** Its host stands in the header of a line. */
  isOfLine?: boolean;
  /** Another host that was named around the event, by who read its line. */
  otherHost?: string | undefined;
  /** What its two times disagree by, as the event's flags say it. */
  flags?: string[];
}

type ReadHeader = Pick<SyslogHeader, 'time' | 'host' | 'relay'>;

const saidTime = (time: WrittenTime, receivedAt: number): SaidTime | undefined => {
  const moment = momentOf(time, receivedAt);
  return moment && { ...moment, ...(time.year === undefined ? { isYearless: true } : {}) };
};

/** Of a line that a relay passed on the time is when it was written, or, where that leaves out more, when it was relayed. */
const timeOf = ({ time, relay }: ReadHeader, receivedAt: number): ToldTime => {
  const own = { by: 'syslog-header', ...(time ? { time: saidTime(time, receivedAt) } : {}) };
  const passed = relay && momentOf(relay.time, receivedAt);
  if (!passed || passed.isAssumed) return { ...own, flags: [] };
  return timeOfBoth({ by: 'relay', time: { ...passed, isAssumed: true, flag: TIME_OBSERVED } }, own);
};

export const envelopeOf = (header: ReadHeader, receivedAt: number): EventEnvelope => {
  const { host, relay } = header;
  const { flags, by, time } = timeOf(header, receivedAt);
  return {
    by,
    ...(time ? { time } : {}),
    host: hostOf(host),
    isOfLine: true,
    ...(relay ? { otherHost: hostOf(relay.host), flags } : {}),
  };
};

/** The envelope of JSON behind a header, which the JSON does not hold. */
export const envelopeBefore = (header: SyslogHeader, receivedAt: number): EventEnvelope => ({
  ...envelopeOf(header, receivedAt),
  kept: { header },
});
