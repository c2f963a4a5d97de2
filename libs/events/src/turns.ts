/**
 * A bounded piece of work. Never throws: whoever gave it deals with its failures.
 *
 * @param goOn says that the rest is waiting for others: the next slice of the place may begin meanwhile.
 */
export type Slice = (goOn: () => void) => Promise<void>;

interface Lane {
  places: Map<string, Slice[]>;
  /** Slices at work. */
  running: number;
  /** At work or waiting. */
  open: number;
}

/** Slices of a place that have begun. */
interface Begun {
  isWorking: boolean;
  /** At work or waiting. */
  count: number;
}

/** For each slice that may be at work, so many may be at work or waiting; of one place no more either. */
const OPEN_PER_WORKING = 4;

/**
 * Work in turns: of each lane (a tenant, where the topic says whose it is) one slice after the other lane's, so that
 * who has much to do delays nobody by more than a slice. The slices of one place (a partition) begin in order, each
 * when the one before has ended or goes on by itself. One lane has at most half of the room: a lane whose work hangs
 * leaves the rest to the others.
 */
export class Turns {
  private readonly lanes = new Map<string, Lane>();
  private readonly begun = new Map<string, Begun>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  /** At work or waiting. */
  private open = 0;
  private readonly ofOneLane: number;

  /** @param atOnce slices at work at most. */
  constructor(private readonly atOnce: number) {
    this.ofOneLane = Math.max(1, Math.ceil(atOnce / 2));
  }

  add(lane: string, place: string, slices: Slice[]): void {
    const own = this.lanes.get(lane) ?? { places: new Map<string, Slice[]>(), running: 0, open: 0 };
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
    return this.open > 0;
  }

  /** Resolves when nothing is under way. */
  settled(): Promise<void> {
    return this.open === 0
      ? Promise.resolve()
      : new Promise((done) => {
          this.waiting.push(done);
        });
  }

  private go(): void {
    while (this.running < this.atOnce && this.open < OPEN_PER_WORKING * this.atOnce) {
      const found = this.next();
      if (!found) return;
      void this.run(...found);
    }
  }

  /** The next slice: of the lane whose turn it is, of that lane's place whose turn it is. */
  private next(): [string, string, Slice] | undefined {
    for (const [name, lane] of this.lanes) {
      if (lane.running >= this.ofOneLane || lane.open >= OPEN_PER_WORKING * this.ofOneLane) continue;
      for (const [place, slices] of lane.places) {
        if (!this.mayBegin(place)) continue;
        const slice = slices.shift();
        lane.places.delete(place);
        if (slices.length > 0) lane.places.set(place, slices);
        if (slice) return [name, place, slice];
      }
    }
    return undefined;
  }

  private mayBegin(place: string): boolean {
    const begun = this.begun.get(place);
    return !begun || (!begun.isWorking && begun.count < OPEN_PER_WORKING);
  }

  private async run(name: string, place: string, slice: Slice): Promise<void> {
    const lane = this.lanes.get(name) as Lane;
    const begun = this.begun.get(place) ?? { isWorking: false, count: 0 };
    this.begun.set(place, begun);
    const working = (by: 1 | -1): void => {
      begun.isWorking = by === 1;
      this.running += by;
      lane.running += by;
      this.toEnd(name, lane);
    };
    const open = (by: 1 | -1): void => {
      begun.count += by;
      this.open += by;
      lane.open += by;
      this.toEnd(name, lane);
    };
    let isWaiting = false;
    const goOn = (): void => {
      if (isWaiting) return;
      isWaiting = true;
      working(-1);
      this.go();
    };
    open(1);
    working(1);
    await slice(goOn);
    goOn();
    open(-1);
    if (begun.count === 0) this.begun.delete(place);
    this.go();
    if (this.open === 0) for (const done of this.waiting.splice(0)) done();
  }

  /** Who had a turn stands behind all others, also behind those that came meanwhile. */
  private toEnd(name: string, lane: Lane): void {
    this.lanes.delete(name);
    if (lane.open > 0 || lane.places.size > 0) this.lanes.set(name, lane);
  }

  private tidy(): void {
    for (const [name, lane] of this.lanes) if (lane.open === 0 && lane.places.size === 0) this.lanes.delete(name);
  }
}
