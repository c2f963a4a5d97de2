import type { Logsource, SourceMapping } from '../types.js';

/** How names are found in flat events for which the same aliases hold: each name, then those that may stand for it. */
export class Plan {
  private readonly chains = new Map<string, Int32Array>();

  constructor(
    private readonly groups: SourceMapping['aliases'],
    private readonly idOf: (name: string) => number,
  ) {}

  /** Numbers of the names to try for one name, in order. */
  chainOf(name: string): Int32Array {
    let chain = this.chains.get(name);
    if (!chain) {
      const others = this.groups.flatMap(({ fields }) => (Object.hasOwn(fields, name) ? (fields[name] ?? []) : []));
      chain = Int32Array.from([name, ...others].map(this.idOf).filter((id) => id >= 0));
      this.chains.set(name, chain);
    }
    return chain;
  }
}

/** What follows from the values of a source's selectors: where the event belongs, and how its names are found. */
export type Route = { logsources: readonly Logsource[]; plan: Plan };
type Entry = { key: Uint8Array; route: Route };

const MAX_REMEMBERED = 4_096;

/** Routes by the raw bytes of the selectors' values. Forgets everything when events bring too many combinations. */
export class Routes {
  private readonly entries = new Map<number, Entry[]>();
  private size = 0;

  find(key: Uint8Array, length: number, hash: number): Route | undefined {
    const entries = this.entries.get(hash);
    if (entries) for (const entry of entries) if (isSame(entry.key, key, length)) return entry.route;
    return undefined;
  }

  keep(key: Uint8Array, length: number, hash: number, route: Route): void {
    if (this.size >= MAX_REMEMBERED) {
      this.entries.clear();
      this.size = 0;
    }
    this.size++;
    const entry = { key: key.slice(0, length), route };
    const entries = this.entries.get(hash);
    if (entries) entries.push(entry);
    else this.entries.set(hash, [entry]);
  }
}

const isSame = (a: Uint8Array, b: Uint8Array, length: number): boolean => {
  if (a.length !== length) return false;
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
};
