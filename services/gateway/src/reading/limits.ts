import { Refused } from '#libs/model';
import type { ScopedView, Store } from '#libs/store';
import type { Caller } from '../domain/scope.js';

/** Whose reads are counted together: a person's, and of a customer all its people's. */
export const readerOf = ({ side, subject, tenant }: Caller): string =>
  side === 'CUSTOMER' ? `tenant ${tenant ?? ''}` : `person ${subject}`;

export interface ReadLimits {
  /** Of one read. */
  withinMs: number;
  /** Of one caller; further ones wait. */
  atOnce: number;
  /** Beyond that many waiting reads of one caller are refused. */
  waiting: number;
}

/** CallerTurns of one caller. */
interface CallerTurns {
  busy: number;
  waiting: (() => void)[];
}

/** CallerReads that end in time, and of which one caller has a few at once: slow ones of one are nobody else's. */
export type CallerReads = (caller: Caller, untilMs?: number) => Pick<Store, 'view'>;

const turnsOf = ({ atOnce, waiting: most }: ReadLimits) => {
  const all = new Map<string, CallerTurns>();
  return async <T>(who: string, read: () => Promise<T>): Promise<T> => {
    const turns = all.get(who) ?? { busy: 0, waiting: [] };
    all.set(who, turns);
    if (turns.busy >= atOnce) {
      if (turns.waiting.length >= most)
        throw new Refused('too many reads at once: ask for less, or later', 'TOO_MANY_REQUESTS');
      await new Promise<void>((resolve) => turns.waiting.push(resolve));
    } else turns.busy += 1;
    try {
      return await read();
    } finally {
      const next = turns.waiting.shift();
      // Whoever waited longest takes the turn over.
      if (next) next();
      else if ((turns.busy -= 1) === 0) all.delete(who);
    }
  };
};

/** CallerReads that end in time, of nobody in particular: nothing waits for them for longer. */
export const timely = (store: Pick<Store, 'view'>, withinMs: number): Pick<Store, 'view'> => ({
  view: (name) => store.view(name, { withinMs }),
});

/** @param now for `untilMs`: the moment an operation must have ended, with all of its reads. */
export const limitReads = (store: Pick<Store, 'view'>, limits: ReadLimits, now: () => number): CallerReads => {
  const inTurn = turnsOf(limits);
  return (caller, untilMs = Infinity) => ({
    view: <Doc>(name: string) => ({
      for: (tenants: string | readonly string[]): ScopedView<Doc> => {
        const limited = <T>(read: (view: ScopedView<Doc>) => Promise<T>): Promise<T> =>
          inTurn(readerOf(caller), () => {
            const withinMs = Math.max(1, Math.min(limits.withinMs, untilMs - now()));
            return read(store.view<Doc>(name, { withinMs }).for(tenants));
          });
        return {
          get: (key) => limited((view) => view.get(key)),
          getMany: (keys) => limited((view) => view.getMany(keys)),
          find: (query) => limited((view) => view.find(query)),
          count: (where) => limited((view) => view.count(where)),
          reached: (key, streamId, version) => limited((view) => view.reached(key, streamId, version)),
        };
      },
    }),
  });
};
