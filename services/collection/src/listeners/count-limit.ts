/** Counts things by key, up to a limit each: requests of a tenant, connections of an address. */
export class CountLimit {
  private readonly counts = new Map<string, number>();

  constructor(private readonly most: number) {}

  enter(key: string): boolean {
    const now = this.counts.get(key) ?? 0;
    if (now >= this.most) return false;
    this.counts.set(key, now + 1);
    return true;
  }

  leave(key: string): void {
    const now = (this.counts.get(key) ?? 0) - 1;
    if (now > 0) this.counts.set(key, now);
    else this.counts.delete(key);
  }
}
