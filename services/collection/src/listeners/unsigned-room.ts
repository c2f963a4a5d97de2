/**
 * Room for requests of which nobody knows yet who sends them: whoever knows where a webhook is may begin one. An
 * address has its share of it, whatever else it has; where a webhook or all of it is full, what the address with most
 * began gives way to whoever has less, and what has been there for long gives way to anybody.
 */
import { AddressLimit, networksOf, shareOf } from './addresses.js';
import type { ByteAllotment, ByteBudget } from './byte-budget.js';

/** Of one webhook, and of one address at all webhooks, that have not shown their signature. */
export const MOST_OF_HOOK = 32;
export const MOST_OF_ADDRESS = 8;
/** What they hold, in bodies of the largest that is taken. */
const BODIES = 2;
/** From its first byte to its last: senders give up after ten seconds themselves. */
export const UNSIGNED_MS = 10_000;
/** What comes from a sender has come by then, as a rule. */
const USUAL_MS = 1_000;
/** No tenant is called so: together they have what one tenant may have. */
const NOBODY = '*unsigned';

/** Who sends to which webhook. */
export interface UnsignedSender {
  hook: string;
  /** As the socket says it. */
  address: string | undefined;
}

/** What a request holds that has not shown its signature. */
export interface UnsignedAllotment extends Pick<ByteAllotment, 'take' | 'leave'> {
  /** What is to be done once it has to give way: it holds nothing any more then. */
  whenDisplaced(end: () => void): void;
}

interface Held {
  hook: string;
  /** What it counts as, narrowest first. */
  networks: string[];
  since: number;
  bytes: ByteAllotment;
  end: () => void;
  leave(): void;
}

/** A request counts as one, or as what it holds. */
type Weight = (one: Held) => number;
const ONE: Weight = () => 1;
const BYTES: Weight = ({ bytes }) => bytes.held;

/** Requests to webhooks until their signature is looked at. */
export class UnsignedRoom {
  private readonly ofAddress = new AddressLimit(MOST_OF_ADDRESS);
  private readonly inside = new Set<Held>();
  private begun = 0;

  /**
   * @param byAddress whether senders have addresses of their own: behind a proxy all have one, and each request counts
   * as a sender.
   * @param now any clock of ms that only counts up.
   */
  constructor(
    private readonly byAddress: boolean,
    private readonly now: () => number,
  ) {}

  /** @returns what it may hold, to be left in any case; undefined where too many are under way. */
  enter({ hook, address }: UnsignedSender, budget: ByteBudget, mostBytes: number): UnsignedAllotment | undefined {
    if (this.byAddress && !this.ofAddress.enter(address)) return undefined;
    this.begun += 1;
    const bytes = budget.allot(NOBODY);
    const one: Held = {
      hook,
      networks: this.byAddress ? networksOf(address) : [`request ${this.begun}`],
      since: this.now(),
      bytes,
      end: () => undefined,
      leave: () => {
        if (!this.inside.delete(one)) return;
        bytes.leave();
        if (this.byAddress) this.ofAddress.leave(address);
      },
    };
    this.inside.add(one);
    if (this.ofHook(one).length > MOST_OF_HOOK && !this.displace(this.ofHook(one), one, ONE)) {
      one.leave();
      return undefined;
    }
    return {
      take: (more) => this.take(one, more, BODIES * mostBytes),
      leave: () => one.leave(),
      whenDisplaced: (end) => {
        one.end = end;
      },
    };
  }

  private ofHook({ hook }: Held): Held[] {
    return [...this.inside].filter((other) => other.hook === hook);
  }

  /** @param most bytes of an address, and of a webhook. */
  private take(one: Held, more: number, most: number): boolean {
    if (!this.inside.has(one) || this.loads(BYTES)(one) + more > most) return false;
    const isFull = (): boolean => this.ofHook(one).reduce((sum, { bytes }) => sum + bytes.held, more) > most;
    while (isFull()) if (!this.displace(this.ofHook(one), one, BYTES, more)) return false;
    while (!one.bytes.take(more)) if (!this.displace([...this.inside], one, BYTES, more)) return false;
    return true;
  }

  /** What the senders of a request have, as much as a single address may: of its networks the one that has most. */
  private loads(weight: Weight): (one: Held) => number {
    const sums = new Map<string, number>();
    for (const one of this.inside)
      for (const network of one.networks) sums.set(network, (sums.get(network) ?? 0) + weight(one));
    return ({ networks }) => Math.max(...networks.map((network, at) => (sums.get(network) ?? 0) / shareOf(at)));
  }

  /** Makes one give way to another, if one should. @param more what the other is about to have besides. */
  private displace(among: Held[], to: Held, weight: Weight, more = 0): boolean {
    const loadOf = this.loads(weight);
    const load = loadOf(to) + more;
    const old = this.now() - USUAL_MS;
    const [most] = among
      .filter((one) => one !== to && weight(one) > 0)
      .map((one) => ({ one, load: loadOf(one) }))
      .filter((other) => other.load > load || (other.load >= load && other.one.since <= old))
      .sort((a, b) => b.load - a.load || a.one.since - b.one.since);
    if (!most) return false;
    most.one.leave();
    most.one.end();
    return true;
  }
}
