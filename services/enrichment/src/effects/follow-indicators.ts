import type { IndicatorImported } from '#contracts';
import { decode, fromRecord } from '#libs/events';
import { Unreadable, type Envelope } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import { IndicatorIndex } from '../domain/indicator/indicator-index.js';

const TOPIC = 'vigie.indicator.events';

export interface FollowedIndicators {
  index: IndicatorIndex;
  close(): Promise<void>;
}

/** Fills the index from the store, where all imports are, then from Kafka, where the newest are, and follows. */
export const followIndicators = async ({
  store,
  broker,
  log,
  fail,
}: Pick<ServiceContext, 'store' | 'broker' | 'log' | 'fail'>): Promise<FollowedIndicators> => {
  const index = new IndicatorIndex();
  const learn = ({ tenant, sequence }: Envelope, { indicators }: IndicatorImported): void =>
    index.learn(tenant, sequence?.version ?? 0, indicators);
  for await (const fact of store.replay({ every: 'tenant' }, ['indicator'])) {
    if (fact.envelope.type === 'indicator.imported') learn(fact.envelope, decode<IndicatorImported>(fact.bytes));
  }
  const following = follow({ broker, fail }, learn, (code) =>
    log.error({ code }, 'an import of indicators cannot be read'),
  );
  await following.ready();
  log.info({ indicators: index.size }, 'indicators known');
  return { index, close: () => following.stop() };
};

type LearnIndicators = (envelope: Envelope, imported: IndicatorImported) => void;

const follow = (
  { broker, fail }: Pick<ServiceContext, 'broker' | 'fail'>,
  learn: LearnIndicators,
  unreadable: (code: string) => void,
) =>
  broker.consume({
    topics: [TOPIC],
    fromBeginning: true,
    // An index that learns nothing more would look healthy and miss what is new.
    onFault: fail,
    handle: async ({ records }) => {
      for (const record of records) {
        try {
          const { envelope, message } = fromRecord<IndicatorImported>(record);
          if (envelope.type === 'indicator.imported') learn(envelope, message);
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
          unreadable(error.code);
        }
      }
    },
  });
