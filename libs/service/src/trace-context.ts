import { AsyncLocalStorage } from 'node:async_hooks';

/** Where a span stands, as W3C's traceparent says it. */
export interface SpanContext {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  /** Whether it is recorded; what comes of it is then too. */
  sampled: boolean;
}

const FORM = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const NOUGHT = /^0+$/;

/** @returns undefined for what is none. */
export const contextIn = (traceparent: string | undefined): SpanContext | undefined => {
  const [, traceId = '', spanId = '', flags = ''] = FORM.exec(traceparent ?? '') ?? [];
  if (NOUGHT.test(traceId) || NOUGHT.test(spanId) || traceId === '' || traceparent?.startsWith('ff')) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
};

export const traceparentOf = ({ traceId, spanId, sampled }: SpanContext): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;

/** Work under way, whose span begins when something comes of it. */
export interface TracedWork {
  /** What stands in whatever is said meanwhile. */
  traceparent(): string | undefined;
  /** Work on one of the records that are worked on together. */
  below<T>(record: TracedRecord, work: () => T | Promise<T>): Promise<T>;
}
/** What of a record tells its trace. */
export interface TracedRecord {
  topic: string;
  key: string | null;
  headers: Record<string, string>;
}

const present = new AsyncLocalStorage<TracedWork>();

export const during = <T>(work: TracedWork, run: () => T): T => present.run(work, run);

/** The traceparent of what is said now; undefined when nothing is traced. */
export const presentTrace = (): string | undefined => present.getStore()?.traceparent();

/** Works on a record of a batch: what is said meanwhile stands in the trace of that record. */
export const onRecord = <T>(record: TracedRecord, work: () => T | Promise<T>): T | Promise<T> =>
  present.getStore()?.below(record, work) ?? work();
