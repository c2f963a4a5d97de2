import { networksOf, shareOf } from './addresses.js';

/** Of an address, where a tenant's quarter is small: the longest frame and one that follows. */
const LEAST_OF_ADDRESS = 2 * 1024 * 1024;

/** What one connection or request holds of the budget. */
export interface ByteAllotment {
  /** Bytes. */
  readonly held: number;
  /** @returns false, and takes nothing, when the tenant's part or the whole is full. */
  take(bytes: number): boolean;
  give(bytes: number): void;
  /** Gives back all that is held. */
  leave(): void;
}

/** What a request holds of the budget, also while what came becomes more than that. */
export interface RequestAllotment extends ByteAllotment {
  /** Of all: more than this is never there. */
  readonly most: number;
  /** As `take`, for what is made of what came: also beyond the tenant's part, for whoever alone holds something of it. */
  grow(bytes: number): boolean;
  /** Work on what came, of a tenant one request's after the other's: what it makes is not counted before it is done. */
  inTurn<Done>(work: () => Promise<Done>): Promise<Done>;
}

/**
 * Bytes that listeners hold and Kafka does not have yet. They are taken as they arrive, never for what is only
 * announced, and no tenant has more than a quarter: whoever sends slowly, or never, keeps nobody out.
 */
export class ByteBudget {
  private taken = 0;
  private readonly ofTenant = new Map<string, number>();
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly share: number;

  /** @param most bytes of all tenants. */
  constructor(private readonly most: number) {
    this.share = Math.floor(most / 4);
  }

  /** Bytes of all. */
  get held(): number {
    return this.taken;
  }

  /** @param remote where what may be anybody's comes from: an address has a part of the tenant's, a network more. */
  allot(tenant: string, remote?: string): RequestAllotment {
    let held = 0;
    const places = remote === undefined ? [] : this.placesOf(tenant, remote);
    const change = (by: number): void => {
      held += by;
      this.taken += by;
      for (const { name } of [{ name: tenant }, ...places]) this.change(name, by);
    };
    const give = (bytes: number): void => change(-Math.min(bytes, held));
    const take = (bytes: number, isAlone: boolean): boolean => {
      const isOfShare = isAlone || (this.ofTenant.get(tenant) ?? 0) + bytes <= this.share;
      if (!isOfShare || this.taken + bytes > this.most) return false;
      if (places.some(({ name, most }) => (this.ofTenant.get(name) ?? 0) + bytes > most)) return false;
      change(bytes);
      return true;
    };
    return {
      get held() {
        return held;
      },
      most: this.most,
      take: (bytes) => take(bytes, false),
      grow: (bytes) => take(bytes, (this.ofTenant.get(tenant) ?? 0) === held),
      inTurn: (work) => this.inTurn(tenant, work),
      give,
      leave: () => give(held),
    };
  }

  private async inTurn<Done>(tenant: string, work: () => Promise<Done>): Promise<Done> {
    const done = (this.turns.get(tenant) ?? Promise.resolve()).then(work);
    const over = done.catch(() => undefined);
    this.turns.set(tenant, over);
    try {
      return await done;
    } finally {
      if (this.turns.get(tenant) === over) this.turns.delete(tenant);
    }
  }

  private placesOf(tenant: string, remote: string): { name: string; most: number }[] {
    const part = Math.max(LEAST_OF_ADDRESS, Math.floor(this.share / 4));
    return networksOf(remote).map((network, at) => ({ name: `${tenant} ${network}`, most: part * shareOf(at) }));
  }

  private change(name: string, by: number): void {
    const now = (this.ofTenant.get(name) ?? 0) + by;
    if (now > 0) this.ofTenant.set(name, now);
    else this.ofTenant.delete(name);
  }
}
