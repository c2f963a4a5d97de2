import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** How often the delay of the event loop is looked at; it is told as at least this. The client's 10 ms wake an idle process. */
const LAG_PRECISION_MS = 100;

/** The figures every service counts; read at /metrics. */
export interface Metrics {
  registry: Registry;
  heard: Counter<'loop' | 'topic'>;
  answered: Counter<'type' | 'outcome'>;
  deadLetters: Counter<'topic' | 'code'>;
  batchSeconds: Histogram<'loop'>;
  lag: Gauge<'loop'>;
  effectsFailed: Counter<'effect'>;
  /** Kept states of streams, by what became of them. */
  snapshots: Counter<'outcome'>;
  /** What was kept for a time and is over, by what it was. */
  letGo: Counter<'of'>;
  /** Facts that came before others of their stream, and wait in their owner's store until those have come. */
  held: Counter<'loop'>;
  /** What waits for somebody, by kind; set when it is looked at. */
  parked: Gauge<'kind'>;
}

/** Partners' topics name a tenant and a source: figures name neither, nor do they grow with them. */
export const topicLabel = (topic: string): string => topic.replace(/^(ingest|receipts)\..*/s, '$1.*');

const snapshotsIn = (registers: Registry[]): Metrics['snapshots'] =>
  new Counter({
    name: 'vigie_snapshots_total',
    help: 'States of streams that were kept, read, or of no use',
    labelNames: ['outcome'],
    registers,
  });

const letGoIn = (registers: Registry[]): Metrics['letGo'] =>
  new Counter({
    name: 'vigie_let_go_total',
    help: 'What was kept for a time and is over',
    labelNames: ['of'],
    registers,
  });

const heldIn = (registers: Registry[]): Metrics['held'] =>
  new Counter({
    name: 'vigie_facts_held_total',
    help: 'Facts met before others of their stream, which are asked for again',
    labelNames: ['loop'],
    registers,
  });

export const openMetrics = (service: string): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_PRECISION_MS });
  const registers = [registry];
  return {
    registry,
    heard: new Counter({
      name: 'vigie_messages_heard_total',
      help: 'Messages heard',
      labelNames: ['loop', 'topic'],
      registers,
    }),
    answered: new Counter({
      name: 'vigie_requests_answered_total',
      help: 'Requests answered',
      labelNames: ['type', 'outcome'],
      registers,
    }),
    deadLetters: new Counter({
      name: 'vigie_dead_letters_total',
      help: 'Messages set aside',
      labelNames: ['topic', 'code'],
      registers,
    }),
    batchSeconds: new Histogram({
      name: 'vigie_batch_seconds',
      help: 'Time spent on a batch',
      labelNames: ['loop'],
      registers,
    }),
    effectsFailed: new Counter({
      name: 'vigie_effects_failed_total',
      help: 'Attempts at an effect that failed',
      labelNames: ['effect'],
      registers,
    }),
    snapshots: snapshotsIn(registers),
    letGo: letGoIn(registers),
    held: heldIn(registers),
    parked: new Gauge({
      name: 'vigie_parked',
      help: 'Streams, documents, effects, timers and readings that wait for somebody',
      labelNames: ['kind'],
      registers,
    }),
    lag: new Gauge({ name: 'vigie_consumer_lag', help: 'Messages waiting', labelNames: ['loop'], registers }),
  };
};
