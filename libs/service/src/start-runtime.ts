import {
  blamesRecord,
  framedRecord,
  isOfPartner,
  retryTopic,
  whyTooLarge,
  type Batch,
  type OutRecord,
} from '#libs/events';
import { briefReasonOf } from '#libs/model';
import type { OutFact } from '#libs/store';
import { anchorKeeper } from './anchors.js';
import { retentionKeeper } from './retention.js';
import type { OpenPipe, Pipe } from './definition.js';
import { every } from './every.js';
import { asFault } from './faults.js';
import { looking } from './looking.js';
import { inOrder, type ReadFact } from './in-order.js';
import { answerRequests, fireDue, note, react, show } from './loops.js';
import { askForMissing, openSendingAgain } from './missing.js';
import { topicLabel } from './metrics.js';
import type { Runtime } from './runtime.js';
import { hasStreams, MISSED_TOPIC, topicOf } from './topology.js';
import { setBatchAside } from './set-batch-aside.js';
import { openWorkers } from './workers.js';

const KEEPERS_MS = 500;
const RELAY_POLL_MS = 1_000;
const LETTERS_MS = 1_000;
const SIGN_MS = 30_000;

interface ServiceLoop {
  name: string;
  topics: string[] | (() => Promise<string[]>);
  handle(batch: Batch): Promise<void>;
  beforeCommit?(): Promise<void>;
  pipe?: OpenPipe;
}

const topicsHeard = (parts: { hears: string[] }[]): string[] => [
  ...new Set(parts.flatMap(({ hears }) => hears).map(topicOf)),
];

const openLoop = (runtime: Runtime, { name, from, open }: Pipe): ServiceLoop => {
  const pipe = open(runtime.ports);
  return {
    name,
    topics: pipe.topics?.bind(pipe) ?? [...from],
    pipe,
    handle: (batch) => pipe.handle(batch, runtime.out),
  };
};

/** A loop over facts, each stream in its order. */
const factLoop = (
  runtime: Runtime,
  name: string,
  parts: { hears: string[] }[],
  then: (facts: ReadFact[]) => Promise<void>,
): ServiceLoop => {
  const topics = topicsHeard(parts);
  return { name, topics, ...inOrder(runtime, { loop: name, topics }, then) };
};

/** Requests, and what readers miss of what was decided on them. */
const requestLoop = (runtime: Runtime): ServiceLoop => {
  const { decides = [] } = runtime.definition;
  const sendAgain = openSendingAgain(runtime);
  const topics = decides.map(({ subject }) => `vigie.${subject}.requests`);
  return {
    name: 'requests',
    topics: topics.length > 0 ? [...topics, MISSED_TOPIC] : [],
    handle: (batch) => (batch.topic === MISSED_TOPIC ? sendAgain(batch) : answerRequests(runtime, batch)),
  };
};

const loopsOf = (runtime: Runtime): ServiceLoop[] => {
  const { reacts = [], shows = [], performs, pipes = [] } = runtime.definition;
  const effects = performs?.(runtime.ports) ?? [];
  const loops: ServiceLoop[] = [
    requestLoop(runtime),
    factLoop(runtime, 'reactions', reacts, (facts) => react(runtime, reacts, facts)),
    factLoop(runtime, 'views', shows, (facts) => show(runtime, shows, facts)),
    factLoop(runtime, 'effects', effects, (facts) => note(runtime, effects, facts)),
    ...pipes.map((pipe) => openLoop(runtime, pipe)),
  ];
  return loops.filter(({ topics }) => typeof topics === 'function' || topics.length > 0);
};

/** A replayed dead letter returns to the loop of its own topic. */
const withRetries = (loop: ServiceLoop, runtime: Runtime): ServiceLoop => {
  if (loop.pipe || typeof loop.topics === 'function') return loop;
  const retry = retryTopic(runtime.name);
  const handle = async (batch: Batch): Promise<void> => {
    const records = batch.topic === retry ? batch.records.filter((one) => !isOfPartner(one)) : batch.records;
    if (records.length > 0) await loop.handle({ ...batch, records });
  };
  return { ...loop, topics: [...loop.topics, retry], handle };
};

const measured =
  (runtime: Runtime, { name, handle }: ServiceLoop) =>
  async (batch: Batch): Promise<void> => {
    const end = runtime.metrics.batchSeconds.startTimer({ loop: name });
    await runtime.traces.onRecords(name, batch.records, () => handle(batch));
    end();
    runtime.metrics.heard.inc({ loop: name, topic: topicLabel(batch.topic) }, batch.records.length);
  };

const startLoop = (runtime: Runtime, loop: ServiceLoop, onFault: (error: Error) => void): void => {
  const manual = loop.pipe?.manual;
  const consumption = runtime.broker.consume({
    groupId: `vigie.${runtime.name}.${loop.name}`,
    topics: loop.topics,
    fromBeginning: true,
    commits: manual ? 'manual' : 'timed',
    onAssigned: loop.pipe?.onAssigned?.bind(loop.pipe),
    beforeCommit: loop.beforeCommit,
    handle: measured(runtime, loop),
    unreadable: (record) => setBatchAside(runtime.out, loop.pipe, record),
    onFault,
  });
  manual?.call(loop.pipe, (offsets) => consumption.commit(offsets));
  runtime.consumptions.set(loop.name, consumption);
};

const recordOf = ({ topic, key, envelope, bytes }: OutFact): OutRecord => framedRecord(topic, key, envelope, bytes);

/** Why a stored fact can never be sent, if so. */
const refusalOf = (fact: OutFact): string | undefined => {
  try {
    return whyTooLarge(recordOf(fact));
  } catch (error) {
    return briefReasonOf(error);
  }
};

/** People's requests, and facts that say what they did elsewhere. */
const signWhileHearing = async ({ consumptions, listening }: Runtime): Promise<void> => {
  const isHeard = (loop: string): boolean => consumptions.get(loop)?.health().ok ?? true;
  if (isHeard('requests') && isHeard('reactions')) await listening.sign();
};

/** What is to be looked after now and then where facts are kept. @returns ends each look under way. */
const keeping = (runtime: Runtime, faulted: (error: unknown) => void): (() => Promise<void>)[] =>
  (hasStreams(runtime.definition) ? [anchorKeeper(runtime), retentionKeeper(runtime)] : []).map((keeper) => {
    const end = every(KEEPERS_MS, () => keeper.look(), faulted);
    return () => {
      keeper.stop();
      return end();
    };
  });

/**
 * Starts hearing.
 * @returns how to stop: listeners first, then loops (each finishes its batch), then what they stand on.
 */
export const startRuntime = async (runtime: Runtime): Promise<() => Promise<void>> => {
  const faulted = (error: unknown): void => runtime.fail(asFault(error));
  if (hasStreams(runtime.definition))
    runtime.relay = runtime.store.startRelay((facts) => runtime.publisher.send(facts.map(recordOf)), {
      pollMs: RELAY_POLL_MS,
      onFault: faulted,
      refuses: refusalOf,
      blames: blamesRecord,
    });
  runtime.workers = openWorkers(runtime, runtime.definition.performs?.(runtime.ports) ?? [], faulted);
  const loops = loopsOf(runtime);
  if (runtime.definition.decides) await runtime.listening.begin();
  await runtime.store.retryMissing();
  for (const loop of loops) startLoop(runtime, withRetries(loop, runtime), faulted);
  await Promise.all([...runtime.consumptions.values()].map((consumption) => consumption.ready()));
  runtime.timers = looking(() => fireDue(runtime), { clock: runtime.clock, failed: faulted });
  if (['reactions', 'views', 'effects'].some((loop) => runtime.consumptions.has(loop)))
    runtime.missing = looking(() => askForMissing(runtime), { clock: runtime.clock, failed: faulted });
  const stopSigns = runtime.definition.decides && every(SIGN_MS, () => signWhileHearing(runtime), faulted);
  const stopLetters = every(LETTERS_MS, () => runtime.letters.tell(), faulted);
  const stopKeepers = keeping(runtime, faulted);
  const stopListening = await runtime.definition.listens?.start(runtime.ports, runtime);
  return async () => {
    await stopListening?.();
    await Promise.all([
      runtime.timers?.stop(),
      runtime.missing?.stop(),
      stopSigns?.(),
      ...stopKeepers.map((one) => one()),
    ]);
    await Promise.all([...runtime.consumptions.values()].map((consumption) => consumption.stop()));
    await runtime.workers?.stop();
    await runtime.relay?.stop();
    await (runtime.settings as { stop?(): Promise<void> }).stop?.();
    for (const { pipe } of loops) await pipe?.stop?.();
    await runtime.definition.close?.(runtime.ports);
    await stopLetters();
    await runtime.letters
      .tell(true)
      .catch((error: unknown) =>
        runtime.log.error({ err: error }, 'what was lost in the last minute could not be told'),
      );
    await runtime.publisher.close();
    await runtime.broker.close();
    await runtime.store.close();
    await runtime.traces.stop();
  };
};
