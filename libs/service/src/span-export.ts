import { briefReasonOf } from '#libs/model';
import type { Logger } from 'pino';

/** As OTLP numbers them. */
export const KIND = { INTERNAL: 1, SERVER: 2, CLIENT: 3, PRODUCER: 4, CONSUMER: 5 } as const;
export type SpanKind = keyof typeof KIND;

/** A span that is over. */
export interface EndedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: SpanKind;
  /** Epoch milliseconds, with fractions. */
  from: number;
  to: number;
  attributes: Readonly<Record<string, string>>;
  /** What failed, in a few words. */
  failed?: string;
}

const nanos = (ms: number): string => String(BigInt(Math.round(ms * 1_000)) * 1_000n);
const listOf = (attributes: Readonly<Record<string, string>>): object[] =>
  Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));

/** A body of OTLP/HTTP in its JSON form. */
export const otlpOf = (resource: Readonly<Record<string, string>>, spans: readonly EndedSpan[]): object => ({
  resourceSpans: [
    {
      resource: { attributes: listOf(resource) },
      scopeSpans: [
        {
          scope: { name: 'vigie' },
          spans: spans.map(({ from, to, kind, attributes, failed, ...rest }) => ({
            ...rest,
            kind: KIND[kind],
            startTimeUnixNano: nanos(from),
            endTimeUnixNano: nanos(to),
            attributes: listOf(attributes),
            status: failed === undefined ? {} : { code: 2, message: failed },
          })),
        },
      ],
    },
  ],
});

export interface SpanExportOptions {
  /** Where bodies are posted to. */
  url: string;
  headers: Readonly<Record<string, string>>;
  resource: Readonly<Record<string, string>>;
  log: Pick<Logger, 'warn'>;
  /** Told how many spans were given up. */
  dropped(count: number): void;
}

/** The usual of OpenTelemetry's own batches. */
const MOST_WAITING = 2_048;
const AT_ONCE = 512;
const EVERY_MS = 5_000;
const WITHIN_MS = 10_000;
const LEAVE_WITHIN_MS = 2_000;

/** Sends spans in the background, and gives up rather than wait: nobody's work depends on being traced. */
export const spanExport = ({ url, headers, resource, log, dropped }: SpanExportOptions) => {
  const waiting: EndedSpan[] = [];
  let sending: Promise<void> | undefined;
  let isWell = true;
  const post = async (spans: EndedSpan[], withinMs: number): Promise<void> => {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(otlpOf(resource, spans)),
        signal: AbortSignal.timeout(withinMs),
      });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      isWell = true;
    } catch (error) {
      dropped(spans.length);
      if (isWell)
        log.warn({ url, reason: briefReasonOf(error) }, 'spans are not taken: they are given up until they are');
      isWell = false;
    }
  };
  const flush = async (withinMs: number): Promise<void> => {
    while (waiting.length > 0) await post(waiting.splice(0, AT_ONCE), withinMs);
  };
  const send = (withinMs = WITHIN_MS): Promise<void> => {
    sending ??= flush(withinMs).finally(() => {
      sending = undefined;
    });
    return sending;
  };
  const timer = setInterval(() => void send(), EVERY_MS).unref();
  return {
    add: (span: EndedSpan): void => {
      if (waiting.length >= MOST_WAITING) return dropped(1);
      waiting.push(span);
      if (waiting.length >= AT_ONCE) void send();
    },
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await send(LEAVE_WITHIN_MS);
    },
  };
};
