/** Room for requests of which nobody knows yet who sends them: whoever knows where a webhook is may begin one. */
import type { ByteAllotment, ByteBudget } from './byte-budget.js';
import { CountLimit } from './count-limit.js';

/** Of one webhook, and of one address at all webhooks, that have not shown their signature. */
export const MOST_OF_HOOK = 32;
export const MOST_OF_ADDRESS = 8;
/** What they hold, in bodies of the largest that is taken. */
const BODIES_OF_HOOK = 2;
/** From its first byte to its last: senders give up after ten seconds themselves. */
export const UNSIGNED_MS = 10_000;
/** No tenant is called so: together they have what one tenant may have. */
const NOBODY = '*unsigned';

/** Who sends to which webhook. */
export interface UnsignedSender {
  hook: string;
  address: string;
}

/** Requests to webhooks until their signature is looked at. */
export class UnsignedRoom {
  private readonly ofHook = new CountLimit(MOST_OF_HOOK);
  private readonly ofAddress = new CountLimit(MOST_OF_ADDRESS);
  private readonly heldBy = new Map<string, number>();

  /** @param byAddress whether senders have addresses of their own: behind a proxy all have one. */
  constructor(private readonly byAddress: boolean) {}

  /** @returns what it may hold, to be left in any case; undefined where too many are under way. */
  enter({ hook, address }: UnsignedSender, bytes: ByteBudget, mostBytes: number): ByteAllotment | undefined {
    if (!this.ofHook.enter(hook)) return undefined;
    if (this.byAddress && !this.ofAddress.enter(address)) {
      this.ofHook.leave(hook);
      return undefined;
    }
    const held = bytes.allot(NOBODY);
    const names = this.byAddress ? [`to ${hook}`, `from ${address}`] : [`to ${hook}`];
    const count = (by: number): void => {
      for (const name of names) this.count(name, by);
    };
    const isFull = (more: number): boolean =>
      names.some((name) => (this.heldBy.get(name) ?? 0) + more > BODIES_OF_HOOK * mostBytes);
    const give = (less: number): void => {
      const before = held.held;
      held.give(less);
      count(held.held - before);
    };
    return {
      get held() {
        return held.held;
      },
      take: (more) => {
        if (isFull(more) || !held.take(more)) return false;
        count(more);
        return true;
      },
      give,
      leave: () => {
        give(held.held);
        this.ofHook.leave(hook);
        if (this.byAddress) this.ofAddress.leave(address);
      },
    };
  }

  private count(name: string, by: number): void {
    const now = (this.heldBy.get(name) ?? 0) + by;
    if (now > 0) this.heldBy.set(name, now);
    else this.heldBy.delete(name);
  }
}
