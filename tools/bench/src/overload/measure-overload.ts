/** One tenant sends ten times what is worked off, and a neighbour what it always sends. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { lostOf, waitsOf, type CountedEvents, type Waits } from './figures.js';
import type { SentRequests, TenantDoor } from './tenant-door.js';

const EVENTS_A_BODY = 500;
/** The neighbour sends so much, so often: what one small customer does. */
const CALM = { events: 20, everyMs: 200 };
/** Requests of the loud one at once: beyond it waits for its own. */
const MOST_UNDER_WAY = 64;
const TICK_MS = 50;
const LOOK_MS = 250;
/** Receipts that do not come on for so long will not come. */
const STILL_MS = 120_000;

const BODY = (count: number): string =>
  Array.from({ length: count }, (_, at) =>
    JSON.stringify({
      Channel: 'Security',
      EventID: 4624,
      Hostname: `bench-${at % 50}.example`,
      TimeCreated: new Date().toISOString(),
      TargetUserName: `user${at % 20}`,
      LogonType: 3,
      IpAddress: '192.0.2.7',
      Message: 'An account was successfully logged on. '.repeat(12),
    }),
  ).join('\n');

export interface OverloadTask {
  /** The tenant that sends too much, and the one beside it. */
  loud: TenantDoor;
  calm: TenantDoor;
  seconds: number;
  times: number;
  /** Process of collection; undefined where it runs elsewhere. */
  pid: number | undefined;
  say(line: string): void;
}

/** Resident bytes of a process, in MB, at the beginning, in the middle, at the end, and at most. */
export interface Resident {
  startMb: number;
  middleMb: number;
  endMb: number;
  mostMb: number;
}

interface NeighbourWaits {
  /** Until the door acknowledged. */
  acknowledged: Waits;
  /** Until its receipts showed it. */
  shown: Waits;
}

export interface OverloadFigures {
  seconds: number;
  times: number;
  /** Events a second that the receipts of the loud one showed before, when it sent one request after the other. */
  workedOffPerSecond: number;
  offeredPerSecond: number;
  loud: CountedEvents & { lost: number; requests: SentRequests; drainedInSeconds: number };
  calm: CountedEvents & { lost: number; requests: SentRequests; atRest: NeighbourWaits; beside: NeighbourWaits };
  collection: Resident | undefined;
}

const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;

/** Does something again and again until it is told to stop. */
const again = (everyMs: number, what: () => Promise<unknown>): (() => Promise<void>) => {
  let isOver = false;
  const going = (async () => {
    while (!isOver) await Promise.all([what(), pause(everyMs)]);
  })();
  return async () => {
    isOver = true;
    await going;
  };
};

const allShown = async (one: TenantDoor): Promise<void> => {
  let [known, movedAt] = [-1, performance.now()];
  while (one.shown < one.acknowledged && performance.now() - movedAt < STILL_MS) {
    await one.look();
    if (one.shown !== known) [known, movedAt] = [one.shown, performance.now()];
    await pause(LOOK_MS);
  }
};

/** Sends so much a second, whatever becomes of it; what finds no request free is not sent. */
const offer = async (one: TenantDoor, perSecond: number, seconds: number): Promise<void> => {
  const body = BODY(EVENTS_A_BODY);
  const underWay = new Set<Promise<unknown>>();
  const from = performance.now();
  for (let begun = 0; performance.now() - from < seconds * 1_000; await pause(TICK_MS)) {
    const due = Math.floor(((performance.now() - from) / 1_000) * (perSecond / EVENTS_A_BODY));
    for (; begun < due && underWay.size < MOST_UNDER_WAY; begun += 1) {
      const post = one.post(body, EVENTS_A_BODY).finally(() => underWay.delete(post));
      underWay.add(post);
    }
    begun = due;
  }
  await Promise.all(underWay);
};

/** Events a second from the first request to the last receipt. */
const workedOff = async (one: TenantDoor, seconds: number): Promise<number> => {
  const body = BODY(EVENTS_A_BODY);
  const from = performance.now();
  while (performance.now() - from < seconds * 1_000) await one.post(body, EVENTS_A_BODY);
  await allShown(one);
  return Math.round(one.shown / ((performance.now() - from) / 1_000));
};

const waitsSince = (one: TenantDoor): NeighbourWaits => {
  const { acknowledgedIn, shownIn } = one.measured();
  return { acknowledged: waitsOf(acknowledgedIn), shown: waitsOf(shownIn) };
};

const residentSeen = (seen: readonly number[]): Resident | undefined => {
  const at = (share: number): number => Math.round(seen[Math.round(share * (seen.length - 1))] ?? Number.NaN);
  return seen.length === 0
    ? undefined
    : { startMb: at(0), middleMb: at(0.5), endMb: at(1), mostMb: Math.round(Math.max(...seen)) };
};

const countsOf = (one: TenantDoor) => ({
  acknowledged: one.acknowledged,
  shown: one.shown,
  lost: lostOf(one),
  requests: one.requests,
});

/** The neighbour is measured at rest for half as long, then beside the overload. */
export const measureOverload = async ({
  loud,
  calm,
  seconds,
  times,
  pid,
  say,
}: OverloadTask): Promise<OverloadFigures> => {
  const rest = Math.max(5, Math.round(seconds / 2));
  const body = BODY(CALM.events);
  say(`${rest} s: what is worked off`);
  const workedOffPerSecond = await workedOff(loud, rest);
  const sending = again(CALM.everyMs, () => calm.post(body, CALM.events));
  const looking = again(LOOK_MS, () => calm.look());
  say(`${rest} s: the neighbour at rest`);
  await pause(rest * 1_000);
  const atRest = waitsSince(calm);
  const offeredPerSecond = times * workedOffPerSecond;
  say(`${seconds} s: ${offeredPerSecond} events a second beside it`);
  const seen: number[] = [];
  const watching = again(1_000, async () => void (pid !== undefined && seen.push(residentOf(pid))));
  await offer(loud, offeredPerSecond, seconds);
  const over = performance.now();
  say(`${loud.acknowledged} were acknowledged: waiting for the receipts`);
  await allShown(loud);
  const drainedInSeconds = Math.round((performance.now() - over) / 1_000);
  await watching();
  await sending();
  await allShown(calm);
  await looking();
  return {
    seconds,
    times,
    workedOffPerSecond,
    offeredPerSecond,
    loud: { ...countsOf(loud), drainedInSeconds },
    calm: { ...countsOf(calm), atRest, beside: waitsSince(calm) },
    collection: residentSeen(seen),
  };
};
