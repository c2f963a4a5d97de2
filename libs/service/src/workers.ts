import { briefReasonOf, type Effect, type Typed } from '#libs/model';
import type { EffectTurn } from '#libs/store';
import type { TenantState } from '#contracts';
import { readyRequests } from './ready-requests.js';
import { every } from './every.js';
import { looking, type Lookout } from './looking.js';
import { asFault } from './faults.js';
import { pauseMsAfter } from './pauses.js';
import type { Runtime, Workers } from './runtime.js';

type AnyEffect = Effect<Typed, Typed, TenantState>;

/** Effects under way at once in one service; and of one tenant, unless the effect says otherwise. */
const AT_ONCE = 64;
const LANE_AT_ONCE = 4;
/** How long an effect is left to a worker that gave no sign. */
const LEASE_MS = 15_000;
const KEEP_EVERY_MS = 4_000;
/** While something is due or under way. */
const POLL_MS = 1_000;
/**
 * An effect that has not ended by then is taken for one that failed; what it began is looked up at the next attempt.
 */
const WITHIN_MINUTES = 10;
/** Failures after which somebody is told. */
const PARKED_AFTER = 3;
const STOP_MS = 10_000;
/** Rounds in a row that may fail; the store has been waited for in each. */
const ROUNDS_MAY_FAIL = 3;

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end within ${ms / 60_000} minutes`)), ms).unref();
  });
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
};

/** Another worker has it: that one asks what became of it, and says so. */
class TakenByAnother extends Error {}

const failed = async (runtime: Runtime, turn: EffectTurn, error: unknown): Promise<void> => {
  const { id, tenant, effect, attempt } = turn;
  const { store, clock, log, metrics } = runtime;
  if (error instanceof TakenByAnother) return log.warn({ effect, tenant, id, attempt }, error.message);
  const park = attempt >= PARKED_AFTER;
  metrics.effectsFailed.inc({ effect });
  log[park ? 'error' : 'warn'](
    { effect, tenant, id, attempt, err: error },
    park ? 'an effect is parked: it is tried now and then' : 'an effect failed: it is tried again',
  );
  // Whatever is not put off comes again when its lease is over.
  await store
    .failEffect(turn, { dueAt: clock.now() + pauseMsAfter(attempt), reason: briefReasonOf(error), park })
    .catch(() => undefined);
};

const carryOut = async (runtime: Runtime, effect: AnyEffect, turn: EffectTurn): Promise<void> => {
  const { store, settings, log } = runtime;
  const stopKeeping = every(
    KEEP_EVERY_MS,
    () => store.keepEffect(turn, LEASE_MS),
    () => undefined,
  );
  const mayAct = async (): Promise<void> => {
    if (!(await store.keepEffect(turn, LEASE_MS)))
      throw new TakenByAnother('an effect was held up until another worker took it: it is left to that one');
  };
  try {
    const heard = store.heardOf(turn);
    const { tenant, attempt } = turn;
    await runtime.traces.within(
      {
        ...{ name: `perform ${effect.name}`, kind: 'INTERNAL', parent: heard.envelope.traceparent },
        attributes: { 'vigie.tenant': tenant, 'vigie.attempt': String(attempt) },
      },
      async () => {
        const asked = await within(
          (effect.withinMinutes ?? WITHIN_MINUTES) * 60_000,
          effect.perform(heard, settings.get(tenant), { resumed: turn.resumed, mayAct }),
        );
        await runtime.put(await runtime.prepare(readyRequests(asked, heard.envelope, effect.name)));
      },
    );
    if (!(await store.finishEffect(turn))) throw new TakenByAnother('another worker took an effect that was done');
    log.info(
      {
        effect: effect.name,
        tenant: turn.tenant,
        cause: heard.envelope.id,
        correlationId: heard.envelope.correlationId,
      },
      'performed',
    );
  } catch (error) {
    await failed(runtime, turn, error);
  } finally {
    void stopKeeping();
  }
};

/** What is under way, by lane, and when a lane last had its turn. */
interface Board {
  busy: Map<string, Set<Promise<void>>>;
  served: Map<string, number>;
  turns: number;
}

const effectOf = (lane: string): string => lane.slice(lane.indexOf('/') + 1);

const hasRoom = (
  { busy }: Board,
  lane: string,
  { name, atOnce = LANE_AT_ONCE, atOnceInAll = AT_ONCE }: AnyEffect,
): boolean => {
  const sizes = [...busy].map(([one, { size }]) => ({ one, size }));
  const sum = (list: { size: number }[]): number => list.reduce((total, { size }) => total + size, 0);
  return (
    (busy.get(lane)?.size ?? 0) < atOnce &&
    sum(sizes.filter(({ one }) => effectOf(one) === name)) < atOnceInAll &&
    sum(sizes) < AT_ONCE
  );
};

const begin = (board: Board, lane: string, work: Promise<void>, ended: () => void): void => {
  const own = board.busy.get(lane) ?? new Set();
  board.busy.set(lane, own);
  board.served.set(lane, (board.turns += 1));
  const counted = work.finally(() => {
    own.delete(counted);
    if (own.size === 0) board.busy.delete(lane);
    ended();
  });
  own.add(counted);
};

/**
 * Starts what fits beside what is under way: one of each lane in turn, first of the lane that waited longest.
 * @returns when to look again, epoch ms; none when nothing waits.
 */
const fill = async (
  runtime: Runtime,
  effects: Map<string, AnyEffect>,
  board: Board,
  ended: () => void,
): Promise<number | undefined> => {
  let lanes = await runtime.store.effectLanes(runtime.clock.now());
  const isDue = lanes.length > 0;
  for (const lane of board.served.keys()) if (!lanes.includes(lane)) board.served.delete(lane);
  lanes.sort((a, b) => (board.served.get(a) ?? 0) - (board.served.get(b) ?? 0));
  while (lanes.length > 0) {
    const more: string[] = [];
    for (const lane of lanes) {
      const effect = effects.get(effectOf(lane));
      if (!effect || !hasRoom(board, lane, effect)) continue;
      const turn = await runtime.store.takeEffect(lane, runtime.clock.now(), LEASE_MS);
      if (!turn) continue;
      begin(board, lane, carryOut(runtime, effect, turn), ended);
      more.push(lane);
    }
    lanes = more;
  }
  const now = runtime.clock.now();
  return isDue || board.busy.size > 0 ? now + POLL_MS : runtime.store.nextTurn(now);
};

/**
 * Carries out what was noted, tenants in turn: who waits for a slow vendor, or fails for ever, waits alone. What was
 * parked is tried once at once.
 */
export const openWorkers = (runtime: Runtime, all: AnyEffect[], onFault: (error: Error) => void): Workers => {
  const effects = new Map(all.map((effect) => [effect.name, effect]));
  const board: Board = { busy: new Map(), served: new Map(), turns: 0 };
  let failures = 0;
  let begun = false;
  const look = async (): Promise<number | undefined> => {
    if (!begun) await runtime.store.retryParked();
    begun = true;
    const next = await fill(runtime, effects, board, () => rounds?.wake());
    failures = 0;
    return next;
  };
  const failed = (error: unknown): void => {
    failures += 1;
    if (failures === ROUNDS_MAY_FAIL) onFault(asFault(error));
  };
  const rounds: Lookout | undefined = all.length > 0 ? looking(look, { clock: runtime.clock, failed }) : undefined;
  return {
    wake: () => rounds?.wake(),
    stop: async () => {
      await rounds?.stop();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, STOP_MS);
      });
      await Promise.race([Promise.all([...board.busy.values()].flatMap((own) => [...own])), late]);
      clearTimeout(timer);
    },
  };
};
