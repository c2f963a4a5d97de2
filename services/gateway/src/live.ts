import { fromRecord, type Batch, type InRecord } from '#libs/events';
import { Unreadable, type Heard } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import type { RequestAnswered } from '#contracts';
import { openFeeds, type Feeds } from './live/feeds.js';

/** What each replica hears for itself: answers to what it asked, and changes for those who listen. */
export interface Live {
  /** Set up before the request is sent. @returns undefined when there is no answer in time. */
  answerTo(requestId: string, withinMs: number): Promise<RequestAnswered | undefined>;
  feeds: Feeds;
  stop(): Promise<void>;
}

const ANSWERS = 'vigie.request.events';

const readable = (record: InRecord): Heard | undefined => {
  try {
    return fromRecord(record);
  } catch (error) {
    // The loop of the views sets it aside.
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
};

export const openLive = async (
  { broker, store }: Pick<ServiceContext, 'broker'> & { store: Pick<ServiceContext['store'], 'view'> },
  onFault: (error: Error) => void,
): Promise<Live> => {
  const waiting = new Map<string, Set<(answer: RequestAnswered) => void>>();
  const feeds = openFeeds(store);
  const answered = (record: InRecord): void => {
    // Most answers are for reactions; the envelope says whose they are without reading them.
    const listeners = waiting.get(record.headers['ce_subject'] ?? '');
    const heard = listeners && readable(record);
    if (heard) for (const tell of listeners) tell(heard.message as RequestAnswered);
  };
  const consumption = broker.consume({
    topics: [ANSWERS, ...feeds.topics],
    fromBeginning: false,
    handle: async ({ topic, records }: Batch) => {
      for (const record of records) {
        if (topic === ANSWERS) answered(record);
        else feeds.heard(record.headers, () => readable(record));
      }
    },
    onFault,
  });
  await consumption.ready();
  const answerTo: Live['answerTo'] = (requestId, withinMs) =>
    new Promise((resolve) => {
      const listeners = waiting.get(requestId) ?? new Set();
      waiting.set(requestId, listeners);
      const settle = (answer?: RequestAnswered): void => {
        clearTimeout(timer);
        listeners.delete(settle);
        if (listeners.size === 0 && waiting.get(requestId) === listeners) waiting.delete(requestId);
        resolve(answer);
      };
      const timer = setTimeout(settle, withinMs);
      listeners.add(settle);
    });
  return {
    answerTo,
    feeds,
    stop: async () => {
      feeds.close();
      await consumption.stop();
    },
  };
};
