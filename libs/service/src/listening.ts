import type { Checkpoint, Store } from '#libs/store';
import { MINUTE_MS } from '#libs/terms';
import type { Clock } from './definition.js';

export type ListeningStore = Pick<Store, 'loadCheckpoint' | 'saveCheckpoint'>;

/** After this long without a sign of any instance nobody listened: whoever asked or answered meanwhile was not heard. */
const AWAY_MS = 2 * MINUTE_MS;
/** Where that is kept is nobody's partition: all instances write it, and none is fenced. */
const UNFENCED = { partition: 0, epoch: 0 };

/** `since` by the service's clock; `seenAt` by the machine's, which goes on while nothing runs. Epoch ms. */
interface Sign {
  since: number;
  seenAt: number;
}

const signOf = (checkpoint: Checkpoint | undefined): Sign | undefined =>
  checkpoint && (JSON.parse(checkpoint.bytes.toString()) as Sign);

/** Since when a service has listened without a break, whichever of its instances. */
export interface Listening {
  /** Epoch ms, by the service's clock; now, where that is not known. */
  since(): number;
  /** Reads what other instances, or the one before this, left. */
  begin(): Promise<void>;
  /** Says that it listens. Called twice a minute while it does, and not while it does not. */
  sign(): Promise<void>;
}

/** @param wallNow the machine's clock. */
export const openListening = (
  service: string,
  { store, clock }: { store: ListeningStore; clock: Clock },
  wallNow: () => number = () => Date.now(),
): Listening => {
  const topic = `vigie.${service}.listening`;
  let last: Sign | undefined;
  const isFresh = (sign: Sign | undefined): sign is Sign =>
    sign !== undefined && Math.abs(wallNow() - sign.seenAt) <= AWAY_MS;
  const read = async (): Promise<Sign> => {
    const known = signOf(await store.loadCheckpoint(topic, UNFENCED.partition));
    return isFresh(known) ? known : { since: isFresh(last) ? last.since : clock.now(), seenAt: wallNow() };
  };
  return {
    since: () => (isFresh(last) ? last.since : clock.now()),
    begin: async () => {
      last = await read();
    },
    sign: async () => {
      const { since } = await read();
      last = { since, seenAt: wallNow() };
      const bytes = Buffer.from(JSON.stringify(last));
      await store.saveCheckpoint({ topic, ...UNFENCED, offset: String(last.seenAt), bytes });
    },
  };
};
