/** A bounded piece of work. Never throws: whoever gave it deals with its failures. */
export type Slice = () => Promise<void>;

interface Lane {
  places: Map<string, Slice[]>;
  /** Slices under way. */
  running: number;
}

/**
 * Work in turns: of each lane (a tenant, where the topic says whose it is) one slice after the other lane's, so that
 * who has much to do delays nobody by more than a slice. The slices of one place (a partition) run one at a time and in
 * order. One lane has at most half of the room: a lane whose work hangs leaves the rest to the others.
 */
export class Turns {
  private readonly lanes = new Map<string, Lane>();
  private readonly busyPlaces = new Set<string>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private readonly ofOneLane: number;

  /** @param atOnce slices under way at most. */
  constructor(private readonly atOnce: number) {
    this.ofOneLane = Math.max(1, Math.ceil(atOnce / 2));
  }

  add(lane: string, place: string, slices: Slice[]): void {
    const own = this.lanes.get(lane) ?? { places: new Map<string, Slice[]>(), running: 0 };
    this.lanes.set(lane, own);
    own.places.set(place, [...(own.places.get(place) ?? []), ...slices]);
    this.go();
  }

  /** Slices of a place that have not begun. */
  queued(lane: string, place: string): number {
    return this.lanes.get(lane)?.places.get(place)?.length ?? 0;
  }

  /** Forgets what has not begun. */
  drop(): void {
    for (const lane of this.lanes.values()) lane.places.clear();
    this.tidy();
  }

  get busy(): boolean {
    return this.running > 0;
  }

  /** Resolves when nothing is under way. */
  settled(): Promise<void> {
    return this.running === 0
      ? Promise.resolve()
      : new Promise((done) => {
          this.waiting.push(done);
        });
  }

  private go(): void {
    while (this.running < this.atOnce) {
      const found = this.next();
      if (!found) return;
      void this.run(...found);
    }
  }

  /** The next slice: of the lane whose turn it is, of that lane's place whose turn it is. */
  private next(): [string, string, Slice] | undefined {
    for (const [name, lane] of this.lanes) {
      if (lane.running >= this.ofOneLane) continue;
      for (const [place, slices] of lane.places) {
        if (this.busyPlaces.has(place)) continue;
        const slice = slices.shift();
        lane.places.delete(place);
        if (slices.length > 0) lane.places.set(place, slices);
        if (slice) return [name, place, slice];
      }
    }
    return undefined;
  }

  private async run(name: string, place: string, slice: Slice): Promise<void> {
    const lane = this.lanes.get(name) as Lane;
    this.count(lane, place, 1);
    this.toEnd(name, lane);
    await slice();
    this.count(lane, place, -1);
    this.toEnd(name, lane);
    this.go();
    if (this.running === 0) for (const done of this.waiting.splice(0)) done();
  }

  private count(lane: Lane, place: string, by: 1 | -1): void {
    this.running += by;
    lane.running += by;
    if (by === 1) this.busyPlaces.add(place);
    else this.busyPlaces.delete(place);
  }

  /** Who had a turn stands behind all others, also behind those that came meanwhile. */
  private toEnd(name: string, lane: Lane): void {
    this.lanes.delete(name);
    if (lane.running > 0 || lane.places.size > 0) this.lanes.set(name, lane);
  }

  private tidy(): void {
    for (const [name, lane] of this.lanes) if (lane.running === 0 && lane.places.size === 0) this.lanes.delete(name);
  }
}
