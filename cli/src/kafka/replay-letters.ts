import type { Broker, OutRecord } from '#libs/events';
import { Refused } from '#libs/model';
import { openLog } from '#libs/service';
import { openStore } from '#libs/store';
import { eachLetter, replayLetter, type LetterFilter, type LetterReplay, type ToldLetter } from './dead-letters.js';

/** After a replay that was cut off, the next one waits for so long. */
const TURN_MS = 30_000;

/** @throws Refused when the turn is somebody else's, or has become it. */
type StillOurs = () => Promise<void>;

/**
 * Lets one replay at a time go on: another one begins by reading what the first has sent. The turn is kept in the store
 * and ends by itself, should whoever has it be cut off.
 * @throws Refused BUSY
 */
const inTurn = async <T>(mongoUrl: string, work: (stillOurs: StillOurs) => Promise<T>): Promise<T> => {
  const store = await openStore({ url: mongoUrl, service: 'collection', log: openLog('vigie', 'silent') });
  const turn = store.lease('replay of dead letters', TURN_MS);
  const stillOurs = async (): Promise<void> => {
    if (await turn.hold()) return;
    const sentence = `somebody else is sending dead letters again: wait until that has ended (${TURN_MS / 1_000} s after it was cut off), then see what is left`;
    throw new Refused(sentence, 'BUSY');
  };
  try {
    await stillOurs();
    return await work(stillOurs);
  } finally {
    await turn.release();
    await store.close();
  }
};

/** Which letters are sent again. */
export interface ReplayFilter extends LetterFilter {
  /** Also those that failed when they were sent again before. */
  again?: boolean;
}

/** What came of sending letters again. */
export interface LettersReplay extends LetterReplay {
  /** Letters that failed when they were sent again before, and were left. */
  failed: number;
}

/** Where letters are, and who remembers whose turn it is. */
export interface ReplayPlace {
  broker: Broker;
  mongoUrl: string;
}

/**
 * Sends every wanted letter again, once: those that were sent and have failed since only when `again` says so. What
 * fails meanwhile is not looked at.
 * @param send as a publisher does.
 * @throws Refused BUSY while somebody else does.
 */
export const replayLetters = (
  { broker, mongoUrl }: ReplayPlace,
  { again = false, ...wanted }: ReplayFilter,
  send: (records: OutRecord[]) => Promise<void>,
): Promise<LettersReplay> =>
  inTurn(mongoUrl, async (stillOurs) => {
    const told: LettersReplay = { sent: 0, left: [], failed: 0 };
    const add = async (letter: ToldLetter): Promise<void> => {
      await stillOurs();
      const { sent, left } = await replayLetter(broker, letter, send);
      told.sent += sent;
      told.left.push(...left);
    };
    const standing: ToldLetter[] = [];
    // Those that stand for others are read from their topics after these topics are read: they hold no bytes.
    await eachLetter(broker, wanted, (one) => {
      if (one.failed > 0 && !again) return void (told.failed += 1);
      return one.letter.ranges ? void standing.push(one) : add(one);
    });
    for (const letter of standing) await add(letter);
    return told;
  });
