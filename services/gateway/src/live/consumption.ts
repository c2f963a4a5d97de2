import { fromRecord, type Batch, type InRecord } from '#libs/events';
import { Unreadable, type Heard } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import type { RequestAnswered } from '#contracts';
import { openAnswers, type AwaitedAnswers } from './answers.js';
import { openFeeds, type Feeds } from './feeds.js';

/** What each replica hears for itself: answers to what it asked, and changes for those who listen. */
export interface Live {
  answers: AwaitedAnswers;
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
  const answers = openAnswers();
  const feeds = openFeeds(store);
  const consumption = broker.consume({
    topics: [ANSWERS, ...feeds.topics],
    fromBeginning: false,
    handle: async ({ topic, records }: Batch) => {
      for (const record of records) {
        // The envelope says whose answer it is.
        if (topic === ANSWERS)
          answers.heard(record.headers['ce_subject'] ?? '', () => readable(record)?.message as RequestAnswered);
        else feeds.heard(record.headers, () => readable(record));
      }
    },
    onFault,
  });
  await consumption.ready();
  return {
    answers,
    feeds,
    stop: async () => {
      feeds.close();
      await consumption.stop();
    },
  };
};
