import { join } from 'node:path';
import type { Envelope, Heard } from '#libs/model';
import { Fault, Unreadable } from '#libs/model';
import {
  announceSchemas,
  connectBroker,
  deadLetters,
  encode,
  fromRecord,
  retriably,
  toRecord,
  whyTooLarge,
  type Batch,
  type Consumption,
  type InRecord,
  type OutRecord,
  type ParsedRecord,
  type Publisher,
} from '#libs/events';
import { openStore, type Relay, type Store } from '#libs/store';
import { isScope } from '#libs/terms';
import { signedRequest, type ReadyRequest } from './ready-requests.js';
import type { BaseConfig } from './config.js';
import type { Clock, Out, ServiceContext, ServiceDefinition } from './definition.js';
import { openKeys } from './keys.js';
import { boundedLetters, type BoundedLetters } from './bounded-letters.js';
import type { Lookout } from './looking.js';
import { openListening, type Listening } from './listening.js';
import { openLog } from './log.js';
import { openMetrics, topicLabel } from './metrics.js';
import { openSeal } from './seal.js';
import { openDirectory } from './settings.js';
import { openTraces } from './open-traces.js';
import { onRecord, presentTrace } from './trace-context.js';
import { noTraces } from './traces.js';

/** Who carries out effects that were noted. */
export type Workers = Pick<Lookout, 'wake' | 'stop'>;

/** Requests that can be sent and held as they are. */
export interface PreparedRequests {
  records: OutRecord[];
  later: (ReadyRequest & { dueAt: number })[];
}

/** A running service: what it was given, what it holds open. */
export interface Runtime extends ServiceContext {
  definition: ServiceDefinition;
  publisher: Publisher;
  letters: BoundedLetters;
  listening: Listening;
  ports: unknown;
  relay?: Relay;
  workers?: Workers;
  /** Who sends held requests that are due. */
  timers?: Lookout;
  /** Who asks for what streams wait for. */
  missing?: Lookout;
  consumptions: Map<string, Consumption>;
  /** See ServiceDefinition.counts. */
  count?: (heard: Heard) => void;
  /** The first fault, if any: the service is then neither alive nor ready. */
  faults: { first?: Error };
  /** Signs requests. @throws Fault when one does not fit its contract or its topic: nothing was sent. */
  prepare(requests: ReadyRequest[]): Promise<PreparedRequests>;
  /** Sends and holds. */
  put(...prepared: PreparedRequests[]): Promise<void>;
  /**
   * Reads each record; what cannot be read, or what `then` finds unreadable, is set aside and the rest goes on.
   * @param lost is told of it, in the order of the batch.
   */
  readable<T>(
    batch: Batch,
    then: (record: InRecord, parsed: ParsedRecord) => Promise<T>,
    lost?: (record: InRecord, error: Unreadable) => void,
  ): Promise<T[]>;
}

const readableOf =
  (runtime: Runtime): Runtime['readable'] =>
  async (batch, then, lost) => {
    const found: Awaited<ReturnType<typeof then>>[] = [];
    for (const record of batch.records) {
      try {
        const parsed = fromRecord(record);
        if (!isScope(parsed.envelope.tenant))
          throw new Unreadable('BAD_TENANT', 'the envelope names what cannot be a tenant');
        found.push(await onRecord(record, () => then(record, parsed)));
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        await runtime.out.setAside(record, error.code, error.message);
        lost?.(record, error);
      }
    }
    return found;
  };

const prepareOf =
  (runtime: Runtime): Runtime['prepare'] =>
  async (requests) => {
    const now = runtime.clock.now();
    const prepared: PreparedRequests = { records: [], later: [] };
    for (const one of requests) {
      const { dueAt } = one;
      const later = dueAt !== undefined && dueAt > now;
      const traceparent = presentTrace() ?? one.traceparent;
      const record = later ? undefined : await signedRequest(runtime.name, runtime.keys, now, { ...one, traceparent });
      const refusal = record && whyTooLarge(record);
      if (refusal) throw new Fault(refusal);
      // Held as its bytes: what does not fit its contract must be found now.
      if (later) encode(one.request);
      if (record) prepared.records.push(record);
      else prepared.later.push({ ...one, traceparent, dueAt: dueAt ?? now });
    }
    return prepared;
  };

const putOf =
  (runtime: Runtime): Runtime['put'] =>
  async (...prepared) => {
    const later = prepared.flatMap((one) => one.later);
    const records = prepared.flatMap((one) => one.records);
    if (later.length) {
      await runtime.store.hold(
        later.map(({ until, ...one }) => ({ ...one, ...(until === undefined ? {} : { meta: { until } }) })),
      );
      runtime.timers?.wakeBy(Math.min(...later.map(({ dueAt }) => dueAt)));
    }
    if (records.length) await runtime.publisher.send(records);
  };

/** What stands in no trace yet, as what comes from outside, begins one with its sending. */
const sent = ({ publisher, traces }: Pick<Runtime, 'publisher' | 'traces'>, records: OutRecord[]): Promise<void> => {
  const first = traces === noTraces ? undefined : records.find(({ headers }) => headers.traceparent === undefined);
  if (!first) return publisher.send(records);
  const attributes = { 'messaging.system': 'kafka', 'messaging.destination.name': first.topic };
  return traces.within(
    { name: `send ${topicLabel(first.topic)}`, kind: 'PRODUCER', parent: presentTrace(), attributes },
    () => {
      const traceparent = presentTrace() ?? '';
      return publisher.send(records.map((one) => ({ ...one, headers: { traceparent, ...one.headers } })));
    },
  );
};

const outOf = (
  runtime: Pick<Runtime, 'publisher' | 'letters' | 'metrics' | 'log' | 'clock' | 'name' | 'traces'>,
): Out => ({
  send: (records) => sent(runtime, records),
  record: (tenant, message, envelope, shard) => {
    const full: Envelope = {
      source: runtime.name,
      subject: message.type,
      time: runtime.clock.now(),
      traceparent: presentTrace(),
      ...envelope,
      type: message.type,
      tenant,
    };
    const record = toRecord(full, message);
    return shard === undefined ? record : { ...record, key: `${tenant}/${shard}` };
  },
  setAside: async (record, code, sentence, about) => {
    runtime.metrics.deadLetters.inc({ topic: topicLabel(record.topic), code }, about?.count ?? 1);
    const written = await runtime.letters.set(record, code, sentence, about);
    if (written)
      runtime.log.warn(
        { topic: record.topic, partition: record.partition, offset: String(record.offset), code },
        'set aside',
      );
  },
});

/** Log, figures, keys, broker and store of a service, under its own name. */
const openGround = async ({ name }: ServiceDefinition, config: BaseConfig) => {
  const log = openLog(name, config.LOG_LEVEL);
  const metrics = openMetrics(name);
  const traces = openTraces(name, config, log, metrics);
  if (config.SERVICE_SIGNING_KEY.kid !== name)
    throw new Fault(`the signing key of ${name} is one of ${config.SERVICE_SIGNING_KEY.kid}`);
  const keys = await openKeys(config);
  const broker = await connectBroker({
    brokers: config.KAFKA_BROKERS,
    username: config.KAFKA_USERNAME,
    password: config.KAFKA_PASSWORD,
    clientId: name,
    log,
  });
  await retriably(() => announceSchemas(broker));
  const publisher = broker.publisher();
  const store: Store = await openStore({
    url: config.MONGO_URL,
    service: name,
    log,
    seal: openSeal(config),
    archive: config.ARCHIVE_DIR === '' ? undefined : join(config.ARCHIVE_DIR, name),
    snapshots: { onOutcome: (outcome) => metrics.snapshots.inc({ outcome }) },
  });
  return { log, metrics, traces, keys, broker, publisher, store };
};

/** Opens everything a service stands on, and its ports; nothing is heard yet. */
export const openRuntime = async (
  definition: ServiceDefinition,
  config: BaseConfig,
  onFault: (error: Error) => void,
  clock: Clock = { now: () => Date.now() },
): Promise<Runtime> => {
  const { name } = definition;
  const { log, metrics, traces, keys, broker, publisher, store } = await openGround(definition, config);
  const faults: { first?: Error } = {};
  const fail = (error: Error): void => {
    faults.first ??= error;
    onFault(error);
  };
  const settings = await openDirectory(broker, log, fail);
  const base = {
    faults,
    fail,
    definition,
    name,
    config,
    clock,
    log,
    metrics,
    traces,
    keys,
    broker,
    publisher,
    store,
    settings,
    letters: boundedLetters(deadLetters(publisher, name), clock),
    listening: openListening(name, { store, clock }),
  };
  const runtime = {
    ...base,
    out: outOf(base),
    consumptions: new Map<string, Consumption>(),
    ports: undefined,
  } as unknown as Runtime;
  runtime.readable = readableOf(runtime);
  runtime.prepare = prepareOf(runtime);
  runtime.put = putOf(runtime);
  runtime.ask = async (requests) => runtime.put(await runtime.prepare(requests));
  runtime.ports = await definition.ports?.(runtime);
  runtime.count = definition.counts?.(runtime);
  return runtime;
};
