/** Which pulls are open, and whose turn it is: a tenant whose vendor is slow or broken holds up nobody else. */
import type { PullRequest } from '#contracts';
import type { PullFold } from '#libs/terms';

/** Those that take longer hold up nobody else, as far as there is room for all. */
const AT_ONCE = 8;
const AT_ONCE_WITH_SLOW = 16;
const SLOW_AFTER_MS = 5_000;
const AT_ONCE_OF_TENANT = 2;
/** Steps of one turn, and how long it takes until another step is another turn: then another has one. */
const MOST_STEPS = 50;
const MOST_TURN_MS = 15_000;
const ASK_AGAIN_MS = 60_000;
/** What does not end by then is left: what it still tells is of a run that is over. */
const END_WITHIN_MS = 10_000;

/** The pulling of one source. */
export interface OpenPull {
  /** Epoch ms. */
  readonly nextAt: number;
  /** @returns whether the next may follow at once. */
  step(signal: AbortSignal): Promise<boolean>;
}

export interface BoardPorts {
  log: { warn(fields: object, message: string): void };
  now(): number;
  ask(tenant: string, request: PullRequest): Promise<void>;
  /** @returns undefined for a vendor that nobody here knows. */
  open(tenant: string, fold: PullFold, run: number): OpenPull | undefined;
}

interface PulledPlace {
  tenant: string;
  run: number;
  pull: OpenPull | undefined;
  /** When it was asked that we begin, epoch ms. */
  askedAt: number;
  ended: AbortController;
  working: Promise<void> | undefined;
  /** Since when it works, epoch ms. */
  since: number;
}

export interface PullBoard {
  /** Lets those step whose turn it is; does not wait for them. */
  look(pulls: readonly { tenant: string; doc: PullFold }[], run: number): Promise<void>;
  /** Ends all, and waits a while for what is under way. */
  end(): Promise<void>;
}

/** @returns whether nothing is under way there any more: what goes on holds up its own source, and no other. */
const isClosed = (place: PulledPlace): boolean => {
  place.ended.abort();
  return place.working === undefined;
};

const endAll = async (places: PulledPlace[]): Promise<void> => {
  for (const place of places) place.ended.abort();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => (timer = setTimeout(done, END_WITHIN_MS)));
  await Promise.race([Promise.all(places.map(({ working }) => working)), late]);
  clearTimeout(timer);
};

const work = async ({ log, now }: BoardPorts, place: PulledPlace, pull: OpenPull): Promise<void> => {
  const { tenant, since, ended } = place;
  const { signal } = ended;
  const isOver = (steps: number): boolean => steps >= MOST_STEPS || now() - since >= MOST_TURN_MS;
  try {
    for (let steps = 0; !isOver(steps) && !signal.aborted; steps += 1) if (!(await pull.step(signal))) return;
  } catch (error) {
    if (!signal.aborted) log.warn({ err: error, tenant }, 'a source could not be pulled');
  }
};

/** We begin once it is shown that we did: then all that was told before is shown, too. */
const prepare = async (ports: BoardPorts, place: PulledPlace, fold: PullFold): Promise<void> => {
  const { tenant, run } = place;
  if (fold.run === run) place.pull = ports.open(tenant, fold, run);
  else if (ports.now() - place.askedAt >= ASK_AGAIN_MS) {
    place.askedAt = ports.now();
    await ports.ask(tenant, { type: 'pull.begin', source: fold.source, run });
  }
};

/** Those whose turn it is, the longest due first, as far as there is room. */
const nextOf = (places: PulledPlace[], now: number): PulledPlace[] => {
  const busy = places.filter(({ working, ended }) => working !== undefined && !ended.signal.aborted);
  const due = places
    .filter(({ pull, working }) => pull && working === undefined && pull.nextAt <= now)
    .sort((one, other) => (one.pull?.nextAt ?? 0) - (other.pull?.nextAt ?? 0));
  const next: PulledPlace[] = [];
  for (const place of due) {
    const taken = [...busy, ...next];
    const own = taken.filter(({ tenant }) => tenant === place.tenant).length;
    const quick = next.length + busy.filter(({ since }) => now - since < SLOW_AFTER_MS).length;
    const isRoom = quick < AT_ONCE && taken.length < AT_ONCE_WITH_SLOW;
    if (isRoom && own < AT_ONCE_OF_TENANT) next.push(place);
  }
  return next;
};

export const openBoard = (ports: BoardPorts): PullBoard => {
  const places = new Map<string, PulledPlace>();
  const placeOf = (tenant: string, { source, run: begun }: PullFold, run: number): PulledPlace | undefined => {
    const key = `${tenant}/${source}`;
    const known = places.get(key);
    const isGone = known?.ended.signal.aborted ?? true;
    if (!isGone && known?.run === run && (known.pull === undefined || begun === run)) return known;
    if (known && !isClosed(known)) return undefined;
    const ended = new AbortController();
    const place: PulledPlace = {
      tenant,
      run,
      pull: undefined,
      askedAt: -Infinity,
      ended,
      working: undefined,
      since: 0,
    };
    places.set(key, place);
    return place;
  };
  const begin = (place: PulledPlace): void => {
    if (!place.pull) return;
    place.since = ports.now();
    place.working = work(ports, place, place.pull).finally(() => {
      place.working = undefined;
    });
  };
  return {
    look: async (pulls, run) => {
      const wanted = new Set(pulls.map(({ tenant, doc: { source } }) => `${tenant}/${source}`));
      for (const [key, place] of places) {
        if (!wanted.has(key) && isClosed(place)) places.delete(key);
      }
      for (const { tenant, doc } of pulls) {
        const place = placeOf(tenant, doc, run);
        if (place && !place.pull) await prepare(ports, place, doc);
      }
      nextOf([...places.values()], ports.now()).forEach(begin);
    },
    end: async () => {
      const all = [...places.values()];
      places.clear();
      await endAll(all);
    },
  };
};
