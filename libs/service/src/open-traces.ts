import { Counter } from 'prom-client';
import type { Logger } from 'pino';
import type { BaseConfig } from './config.js';
import type { Metrics } from './metrics.js';
import { samplerOf } from './sampling.js';
import { spanExport } from './span-export.js';
import { noTraces, tracesOf, type Traces } from './traces.js';

/** `a=b,c=d`, values percent-encoded, as OpenTelemetry writes lists in its variables. */
const listIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(',')
      .map((pair) => pair.split('='))
      .flatMap(([name = '', ...value]) => (name.trim() === '' ? [] : [[name.trim(), decoded(value.join('=').trim())]])),
  );
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Traces of a service, where its environment names who takes them. */
export const openTraces = (service: string, config: BaseConfig, log: Logger, metrics: Metrics): Traces => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER: sampler } = config;
  if (endpoint === '') return noTraces;
  const dropped = new Counter({
    name: 'vigie_spans_dropped_total',
    help: 'Spans that nobody took',
    registers: [metrics.registry],
  });
  const { add, stop } = spanExport({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    headers: listIn(config.OTEL_EXPORTER_OTLP_HEADERS),
    resource: {
      ...listIn(config.OTEL_RESOURCE_ATTRIBUTES),
      'service.name': service,
      'service.namespace': 'vigie',
    },
    log,
    dropped: (count) => dropped.inc(count),
  });
  return tracesOf({ sampler: samplerOf(sampler, config.OTEL_TRACES_SAMPLER_ARG), add, stop });
};
