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

/**
 * Bytes that listeners hold and Kafka does not have yet. They are taken as they arrive, never for what is only
 * announced, and no tenant has more than a quarter: whoever sends slowly, or never, keeps nobody out.
 */
export class ByteBudget {
  private taken = 0;
  private readonly ofTenant = new Map<string, number>();
  private readonly share: number;

  /** @param most bytes of all tenants. */
  constructor(private readonly most: number) {
    this.share = Math.floor(most / 4);
  }

  /** Bytes of all. */
  get held(): number {
    return this.taken;
  }

  allot(tenant: string): ByteAllotment {
    let held = 0;
    const give = (bytes: number): void => {
      const less = Math.min(bytes, held);
      held -= less;
      this.change(tenant, -less);
    };
    return {
      get held() {
        return held;
      },
      take: (bytes) => {
        if (this.taken + bytes > this.most || (this.ofTenant.get(tenant) ?? 0) + bytes > this.share) return false;
        held += bytes;
        this.change(tenant, bytes);
        return true;
      },
      give,
      leave: () => give(held),
    };
  }

  private change(tenant: string, by: number): void {
    this.taken += by;
    const now = (this.ofTenant.get(tenant) ?? 0) + by;
    if (now > 0) this.ofTenant.set(tenant, now);
    else this.ofTenant.delete(tenant);
  }
}
