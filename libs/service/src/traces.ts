import { randomBytes } from 'node:crypto';
import { tenantOfRecord } from '#libs/events';
import { briefReasonOf, type Envelope } from '#libs/model';
import type { EndedSpan, SpanKind } from './span-export.js';
import type { Sampler } from './sampling.js';
import {
  contextIn,
  during,
  traceparentOf,
  type SpanContext,
  type TracedRecord,
  type TracedWork,
} from './trace-context.js';

/** What is to be traced. */
export interface SpanStart {
  name: string;
  kind: SpanKind;
  /** The traceparent that it is below; a trace of its own begins where there is none. */
  parent?: string | undefined;
  /** Ids and names of ours, never what a tenant wrote. */
  attributes?: Readonly<Record<string, string>>;
}
/** A span under way. */
export interface Span {
  traceparent: string | undefined;
  /** Whatever is said meanwhile, and by what is begun meanwhile, stands below it. */
  during<T>(run: () => T): T;
  end(more?: { attributes?: Readonly<Record<string, string>>; error?: unknown }): void;
}

/** Spans of one service, or nothing where nothing is traced. */
export interface Traces {
  begin(start: SpanStart): Span;
  /** A span of this work, and the trace of whatever is said meanwhile. */
  within<T>(start: SpanStart, work: () => Promise<T>): Promise<T>;
  /** Work on records: each that something comes of gets a span, in its own trace; the rest goes by unseen. */
  onRecords<T>(name: string, records: readonly TracedRecord[], work: () => Promise<T>): Promise<T>;
  /** Work that begins now. @returns tells, when it is over, a span below each of these facts that is traced. */
  noting(start: Omit<SpanStart, 'parent'>): (facts: readonly Envelope[]) => void;
  stop(): Promise<void>;
}

/** Carries on what came in, and does nothing else. */
export const noTraces: Traces = {
  begin: ({ parent }) => ({
    traceparent: contextIn(parent) && parent,
    during: (run) => run(),
    end: () => undefined,
  }),
  within: (_start, work) => work(),
  onRecords: (_name, _records, work) => work(),
  noting: () => () => undefined,
  stop: async () => undefined,
};

export interface TracesOptions {
  sampler: Sampler;
  add(span: EndedSpan): void;
  stop(): Promise<void>;
}

/** Epoch milliseconds with fractions. */
const now = (): number => performance.timeOrigin + performance.now();
const idOf = (bytes: number): string => randomBytes(bytes).toString('hex');

/**
 * The trace a record stands in. On a partner's topic the ids count and the wish to be recorded does not: how much is
 * recorded is the installation's to say.
 */
const parentOf = (sampler: Sampler, { topic, headers }: TracedRecord): string | undefined => {
  const context = contextIn(headers.traceparent);
  if (!context || !topic.startsWith('ingest.')) return headers.traceparent;
  return traceparentOf({ ...context, sampled: sampler(context.traceId) });
};

const attributesOf = (record: TracedRecord): Record<string, string> => ({
  'messaging.system': 'kafka',
  'messaging.destination.name': record.topic,
  'vigie.tenant': tenantOfRecord(record),
});

const opener = ({ sampler, add }: TracesOptions): Traces['begin'] => {
  const begin: Traces['begin'] = ({ name, kind, parent, attributes = {} }) => {
    const above = contextIn(parent);
    const traceId = above?.traceId ?? idOf(16);
    const own: SpanContext = { traceId, spanId: idOf(8), sampled: sampler(traceId, above?.sampled) };
    const traceparent = traceparentOf(own);
    const from = now();
    const below = belowOf(begin, sampler, name);
    return {
      traceparent,
      during: (run) => during({ traceparent: () => traceparent, below }, run),
      end: ({ attributes: more = {}, error } = {}) => {
        if (!own.sampled) return;
        add({
          ...{ traceId, spanId: own.spanId, name, kind, from, to: now(), attributes: { ...attributes, ...more } },
          ...(above ? { parentSpanId: above.spanId } : {}),
          ...(error === undefined ? {} : { failed: briefReasonOf(error) }),
        });
      },
    };
  };
  return begin;
};

/** Work on one record of those that are worked on together: a span of its own, once something comes of it. */
const belowOf =
  (begin: Traces['begin'], sampler: Sampler, name: string): TracedWork['below'] =>
  (record, work) =>
    under(lazily(begin, sampler, name, record), async () => work());

/** @returns the work, and how it ends: a span that never began leaves nothing. */
const lazily = (
  begin: Traces['begin'],
  sampler: Sampler,
  name: string,
  record: TracedRecord,
): { work: TracedWork; end(error?: unknown): void } => {
  let span: Span | undefined;
  const start = (): Span =>
    (span ??= begin({ name, kind: 'CONSUMER', parent: parentOf(sampler, record), attributes: attributesOf(record) }));
  return {
    work: {
      traceparent: () => start().traceparent,
      below: belowOf(begin, sampler, name),
    },
    end: (error) => span?.end(error === undefined ? {} : { error }),
  };
};

const ended = async <T>(work: Promise<T>, end: (error?: unknown) => void): Promise<T> => {
  try {
    const done = await work;
    end();
    return done;
  } catch (error) {
    end(error);
    throw error;
  }
};
const under = <T>({ work, end }: ReturnType<typeof lazily>, run: () => Promise<T>): Promise<T> =>
  ended(during(work, run), end);

/** Traces that are recorded as `sampler` says. */
export const tracesOf = (options: TracesOptions): Traces => {
  const begin = opener(options);
  const { sampler } = options;
  return {
    begin,
    within: (start, work) => {
      const span = begin(start);
      return ended(span.during(work), (error) => span.end(error === undefined ? {} : { error }));
    },
    onRecords: (name, [first], work) => (first ? under(lazily(begin, sampler, name, first), work) : work()),
    noting: ({ name, kind, attributes = {} }) => {
      const from = now();
      return (facts) => {
        for (const { traceparent, tenant } of facts) {
          const above = contextIn(traceparent);
          if (!above?.sampled) continue;
          const { traceId, spanId: parentSpanId } = above;
          const told = { ...attributes, 'vigie.tenant': tenant };
          options.add({ traceId, spanId: idOf(8), parentSpanId, name, kind, attributes: told, from, to: now() });
        }
      };
    },
    stop: options.stop,
  };
};
