import { openRates, type Rate } from '#libs/service';
import type { Caller } from '../domain/scope.js';

/** What one person may take of the gateway. */
export interface QuotaLimits {
  requests: Rate;
  socketsPerUser: number;
  sockets: number;
  subscriptionsPerUser: number;
}

/** Sockets that have not said who they are: a part of all, so that they keep nobody out for long. */
const UNKNOWN_PART = 0.1;
/** A request counts once, and once more for each so many bytes. */
const BYTES_A_REQUEST = 65_536;

/** Counts of things that are taken and given back. */
const counter = () => {
  const counts = new Map<string, number>();
  const of = (who: string): number => counts.get(who) ?? 0;
  const add = (who: string, many: number): void => {
    if (of(who) + many > 0) counts.set(who, of(who) + many);
    else counts.delete(who);
  };
  return { of, add };
};

/** A socket among those counted. */
export interface CountedSocket {
  /** @returns whether this person may have one more. */
  isOf(caller: Caller): boolean;
  /**
   * Says how many things are under way on this socket.
   * @returns whether this person may have so many; if not, the count stays as it was.
   */
  holds(many: number): boolean;
  close(): void;
}

export interface Quotas {
  /** @returns 0, or the milliseconds after which the caller may ask again. */
  request(caller: Caller, bytes: number): number;
  /** @returns nothing when there are too many. */
  socket(): CountedSocket | undefined;
}

const userOf = ({ side, tenant = '', subject }: Caller): string => `${side} ${tenant} ${subject}`;

export const openQuotas = (
  { requests, socketsPerUser, sockets: most, subscriptionsPerUser }: QuotaLimits,
  now: () => number,
): Quotas => {
  const rates = openRates(requests);
  const [sockets, subscriptions] = [counter(), counter()];
  let all = 0;
  let unknown = 0;
  const socket = (): CountedSocket | undefined => {
    if (all >= most || unknown >= Math.max(1, most * UNKNOWN_PART)) return undefined;
    all += 1;
    unknown += 1;
    let user: string | undefined;
    let [own, closed] = [0, false];
    return {
      isOf: (caller) => {
        const who = userOf(caller);
        if (user !== undefined || closed || sockets.of(who) >= socketsPerUser) return false;
        user = who;
        unknown -= 1;
        sockets.add(who, 1);
        return true;
      },
      holds: (many) => {
        if (user === undefined || closed) return false;
        const more = many - own;
        if (more > 0 && subscriptions.of(user) + more > subscriptionsPerUser) return false;
        own = many;
        subscriptions.add(user, more);
        return true;
      },
      close: () => {
        if (closed) return;
        closed = true;
        all -= 1;
        if (user === undefined) {
          unknown -= 1;
          return;
        }
        sockets.add(user, -1);
        subscriptions.add(user, -own);
      },
    };
  };
  return {
    request: (caller, bytes) => rates.take(userOf(caller), 1 + Math.floor(bytes / BYTES_A_REQUEST), now()),
    socket,
  };
};
