import type { Image } from './image.js';
import type { WrittenPartition } from './rule-partitions.js';
import type { Chain, Groups, NameTable } from './name-tables.js';

/** How names are found in events with the same containers for which the same aliases hold. */
export class NameChains {
  private readonly chains = new Map<string, Chain>();
  private readonly bindings = new Map<number, number>();

  constructor(
    private readonly image: Image,
    private readonly reading: NameTable,
    private readonly containers: number,
    private readonly groups: Groups,
  ) {}

  chainOf(name: string): Chain {
    let chain = this.chains.get(name);
    if (!chain) {
      chain = this.reading.chainOf(name, this.containers, this.groups);
      this.chains.set(name, chain);
    }
    return chain;
  }

  /** The address of what the kernel needs to run this partition's rules on such events. */
  bind({ at, index, fields }: WrittenPartition): number {
    let binding = this.bindings.get(index);
    if (binding === undefined) {
      const chains = this.image.putWords(
        fields.map((name) => (name === null ? 0 : this.image.putList(this.chainOf(name)))),
      );
      binding = this.image.putWords([at, chains]);
      this.bindings.set(index, binding);
    }
    return binding;
  }
}
