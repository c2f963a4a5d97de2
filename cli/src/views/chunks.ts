import type { Heard } from '#libs/model';

/** What is done with some facts before the next ones are read. */
export type TakeFacts = (facts: readonly Heard[]) => Promise<void> | void;

const MOST_FACTS = 2_000;
const MOST_BYTES = 8 * 2 ** 20;

/** Gathers facts, some at a time, by number and by bytes. */
export const inChunks = (take: TakeFacts) => {
  let [facts, bytes]: [Heard[], number] = [[], 0];
  const end = async (): Promise<void> => {
    const some = facts;
    [facts, bytes] = [[], 0];
    if (some.length > 0) await take(some);
  };
  return {
    add: async (heard: Heard, size: number): Promise<void> => {
      facts.push(heard);
      bytes += size;
      if (facts.length >= MOST_FACTS || bytes >= MOST_BYTES) await end();
    },
    end,
  };
};
