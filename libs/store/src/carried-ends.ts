import { GENESIS } from './chain.js';
import type { Commit, OpenDatabase } from './collections.js';
import type { ChainTip } from './commits.js';

/** Ids remembered, of all streams: some 50 MB. Of a stream that is not among them they are read again. */
const MOST_IDS = 400_000;

/** End of a stream of carried facts, and the ids it keeps. */
export interface CarriedEnd extends ChainTip {
  ids: Set<string>;
}

type EndedStream = Pick<Commit, 'tenant' | 'streamId'>;
type EndingCommit = Pick<Commit, 'streamId' | 'version' | 'hash' | 'at' | 'facts'>;

/** Ends of such streams as this process knows them: another replica may have gone on. */
export interface CarriedEnds {
  of(stream: EndedStream): Promise<CarriedEnd>;
  /** The stream ends with this commit now. */
  moved(commit: EndingCommit): void;
  forget(streamId: string): void;
}

const grown = ({ ids }: CarriedEnd, { version, hash, at, facts }: Omit<EndingCommit, 'streamId'>): CarriedEnd => {
  for (const { carried } of facts) if (carried) ids.add(carried.id);
  return { version, hash, at, ids };
};

export const carriedEnds = (opened: OpenDatabase): CarriedEnds => {
  const known = new Map<string, CarriedEnd>();
  let count = 0;
  const forget = (streamId: string): void => {
    count -= known.get(streamId)?.ids.size ?? 0;
    known.delete(streamId);
  };
  const put = (streamId: string, end: CarriedEnd): void => {
    forget(streamId);
    known.set(streamId, end);
    count += end.ids.size;
    for (const oldest of known.keys()) {
      if (count <= MOST_IDS || oldest === streamId) return;
      forget(oldest);
    }
  };
  const read = ({ tenant, streamId }: EndedStream): Promise<CarriedEnd> =>
    opened.patiently('looking for what a stream keeps', async () => {
      let end: CarriedEnd = { version: 0, hash: GENESIS, at: 0, ids: new Set() };
      const projection = { version: 1, hash: 1, at: 1, 'facts.carried.id': 1 };
      for await (const commit of opened.commits.find({ tenant, streamId }, { projection }).sort({ version: 1 }))
        end = grown(end, commit);
      return end;
    });
  return {
    of: async (stream) => {
      const end = known.get(stream.streamId) ?? (await read(stream));
      put(stream.streamId, end);
      return end;
    },
    moved: (commit) => {
      const end = known.get(commit.streamId);
      if (!end) return;
      const { size } = end.ids;
      known.set(commit.streamId, grown(end, commit));
      count += end.ids.size - size;
    },
    forget,
  };
};
