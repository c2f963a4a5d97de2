import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import {
  connectBroker,
  ensureTopics,
  ingestTopic,
  ingestTopicSpec,
  rewindGroup,
  toRecord,
  topicSpecs,
  type Broker,
  type InRecord,
  type Publisher,
} from '#libs/events';
import { idOf, type Actor, type Envelope, type Heard, type Typed } from '#libs/model';
import {
  boot,
  openKeys,
  readConfig,
  signedRecord,
  type Authority,
  type BaseConfig,
  type Environment,
  type Keys,
  type RunningService,
  type ServiceDefinition,
} from '#libs/service';
import type { AnyFactDraft, AnyRequestDraft, RequestAnswered, Role } from '#contracts';
import { SERVICES } from '#libs/terms';
import { startStack, until, type Looking, type Stack } from '#stack';
import { testKeys, type TestKeys } from './keys.js';
import { hearMessages, type HeardMessages } from './heard-messages.js';

/** A clock that only tests move. */
export interface TestClock {
  now(): number;
  advance(ms: number): void;
  onMove?(moved: () => void): () => void;
}

export interface WorldOptions {
  /** What a service finds in its environment beside the base block, at each start. */
  environment?: Record<string, Environment | (() => Environment)>;
  /** Default: the real time at the start, then only moved by `advance`; 'real' runs with the machine. */
  clock?: TestClock | 'real';
  /** Other users of the stack. */
  users?: string[];
}

/** A broker, a store and some services, all real and all of this test's own. */
export interface World {
  stack: Stack;
  broker: Broker;
  publisher: Publisher;
  clock: TestClock;
  /** Of the gateway. */
  keys: Keys;
  /**
   * Of any service, also one that does not run; with an authority of its own it signs what that says, as one who took
   * the key would.
   */
  keysOf(service: string, authority?: Authority): Promise<Keys>;
  services: Record<string, RunningService>;
  ears: HeardMessages;
  /**
   * Puts a request and waits for its one answer: signed by the gateway for `actor` (by default Ada, an analyst with
   * every role of the provider; a customer's is admin), or by a service as itself (side SYSTEM).
   */
  ask(
    tenant: string,
    request: AnyRequestDraft,
    options?: { actor?: Actor; roles?: string[]; id?: string; basedOn?: number; expiresAt?: number },
  ): Promise<RequestAnswered>;
  /** Says a fact as its owner would; sending it twice is a redelivery. */
  say(tenant: string, fact: AnyFactDraft, envelope?: Partial<Envelope>): Promise<Heard<AnyFactDraft>>;
  /** Appends raw bytes to an ingest topic (created when missing). */
  ingest(tenant: string, source: string, value: string | Buffer): Promise<void>;
  /** What the services have said, of one type and tenant, once each by id. */
  heard<M extends Typed>(type: M['type'], tenant: string): Heard<M>[];
  /** Waits until `look` finds something; fails with the sentence after the time. */
  until<T>(
    sentence: string,
    look: () => T | undefined | false | Promise<T | undefined | false>,
    withinMs?: number,
    looking?: Looking,
  ): Promise<T>;
  deadLetters(service: string): InRecord[];
  /** Stops a service and starts it again over the same data. */
  restart(service: string): Promise<void>;
  /**
   * Starts one more instance of a service beside the first: they share its partitions. Stopped with the world at the
   * latest.
   */
  another(service: string): Promise<RunningService>;
  /**
   * Stops a service, moves one of its groups to the earliest offsets, and starts it again: everything is delivered once
   * more.
   */
  rewind(service: string, loop: string): Promise<void>;
  stop(): Promise<void>;
}

const silent = pino({ level: process.env.VIGIE_TEST_LOG ?? 'silent' });
const PATIENCE_MS = 30_000;
const ADA: Actor = { subject: 'ada', side: 'PROVIDER' };
const ROLES: Record<Actor['side'], Role[]> = {
  PROVIDER: ['ANALYST', 'LEAD', 'HUNTER', 'OPERATOR_ADMIN'],
  CUSTOMER: ['CUSTOMER_APPROVER', 'CUSTOMER_ADMIN'],
  SYSTEM: ['SERVICE'],
};

const testClock = (): TestClock => {
  let at = Date.now();
  const told = new Set<() => void>();
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
      for (const moved of told) moved();
    },
    onMove: (moved) => {
      told.add(moved);
      return () => void told.delete(moved);
    },
  };
};

const environmentOf = (stack: Stack, keys: TestKeys, service: string): Record<string, string> => ({
  KAFKA_BROKERS: stack.brokers.join(','),
  KAFKA_USERNAME: stack.admin.username,
  KAFKA_PASSWORD: stack.admin.password,
  MONGO_URL: stack.mongoUrl,
  SERVICE_SIGNING_KEY: keys.secretOf(service),
  TRUSTED_KEYS: keys.trusted,
  HEALTH_PORT: '0',
  OTLP_GRPC_PORT: 'off',
  LOG_LEVEL: process.env.VIGIE_TEST_LOG ?? 'silent',
});
const baseConfig = (environment: Record<string, string>): BaseConfig => readConfig({}, environment);

interface WorldBase {
  stack: Stack;
  broker: Broker;
  publisher: Publisher;
  keys: Keys;
  keysOf: World['keysOf'];
  ears: HeardMessages;
  clock: TestClock;
}

let asked = 0;

const askWith =
  ({ publisher, keysOf, ears, clock }: WorldBase): World['ask'] =>
  async (tenant, request, options = {}) => {
    const id = options.id ?? idOf('test', tenant, request.type, process.pid, (asked += 1));
    const { actor = ADA, roles = ROLES[actor.side], expiresAt = clock.now() + PATIENCE_MS, basedOn } = options;
    const source = actor.side === 'SYSTEM' ? actor.subject : 'gateway';
    const envelope = { id, source, time: clock.now(), tenant };
    await publisher.send([
      await signedRecord(await keysOf(source), { envelope, request, actor, roles, expiresAt, basedOn }),
    ]);
    return until(
      `an answer to ${request.type}`,
      () =>
        ears
          .heard<RequestAnswered>('request.answered', tenant)
          .map(({ message }) => message)
          .find(({ requestId }) => requestId === id),
      PATIENCE_MS,
    );
  };

const sayWith =
  ({ publisher, clock }: WorldBase): World['say'] =>
  async (tenant, fact, envelope = {}) => {
    const full: Envelope = {
      id: idOf('test fact', tenant, JSON.stringify(fact)),
      source: 'test',
      subject: fact.type,
      time: clock.now(),
      ...envelope,
      type: fact.type,
      tenant,
    };
    await publisher.send([toRecord(full, fact)]);
    return { envelope: full, message: fact };
  };

const ingestWith =
  ({ broker, publisher }: WorldBase): World['ingest'] =>
  async (tenant, source, value) => {
    await ensureTopics(broker, [ingestTopicSpec(tenant, source)]);
    await publisher.send([
      { topic: ingestTopic(tenant, source), key: null, value: Buffer.from(value as string), headers: {} },
    ]);
  };

/** Starts the given services, in order, on a stack of their own. Stop it in afterAll. */
export const startWorld = async (definitions: ServiceDefinition[], options: WorldOptions = {}): Promise<World> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-world-'));
  const stack = await startStack({ dir, users: options.users ?? [] });
  const broker = connectBroker({ brokers: stack.brokers, ...stack.admin, clientId: 'test', log: silent });
  await ensureTopics(broker, topicSpecs({ partitions: 2 }));
  const testKey = await testKeys([...new Set([...SERVICES, ...definitions.map(({ name }) => name)])]);
  const keysOf: World['keysOf'] = (service, authority) =>
    openKeys(baseConfig(environmentOf(stack, testKey, service)), authority);
  const keys = await keysOf('gateway');
  const clock =
    options.clock === 'real' ? { now: () => Date.now(), advance: () => undefined } : (options.clock ?? testClock());
  const base: WorldBase = {
    stack,
    broker,
    publisher: broker.publisher(),
    keys,
    keysOf,
    clock,
    ears: await hearMessages(broker),
  };
  const services: Record<string, RunningService> = {};
  const others: RunningService[] = [];
  const started = (definition: ServiceDefinition): Promise<RunningService> => {
    const own = options.environment?.[definition.name];
    const given = typeof own === 'function' ? own() : own;
    return boot(
      definition,
      { ...environmentOf(stack, testKey, definition.name), ...given },
      {
        clock,
        signals: false,
        onFault: (error) => {
          throw error;
        },
      },
    );
  };
  const start = async (definition: ServiceDefinition): Promise<void> => {
    services[definition.name] = await started(definition);
  };
  const stopAll = async (): Promise<void> => {
    for (const running of others) await running.stop();
    for (const running of Object.values(services).reverse()) await running.stop();
    await base.ears.stop();
    await base.publisher.close();
    await broker.close();
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    for (const definition of definitions) await start(definition);
  } catch (error) {
    await stopAll();
    throw error;
  }
  const named = (service: string): ServiceDefinition =>
    definitions.find(({ name }) => name === service) ?? (definitions[0] as ServiceDefinition);
  return {
    ...base,
    services,
    until,
    ask: askWith(base),
    say: sayWith(base),
    ingest: ingestWith(base),
    heard: base.ears.heard,
    deadLetters: base.ears.deadLetters,
    another: async (service) => {
      const running = await started(named(service));
      others.push(running);
      return running;
    },
    restart: async (service) => {
      await services[service]?.stop();
      await start(named(service));
    },
    rewind: async (service, loop) => {
      await services[service]?.stop();
      await rewindGroup(broker, `vigie.${service}.${loop}`);
      await start(named(service));
    },
    stop: stopAll,
  };
};
