import type { IndicatorImported } from '#contracts';
import { decode, fromRecord, type ConsumeOptions } from '#libs/events';
import { Unreadable, type Envelope } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import { IndicatorIndex } from '../domain/indicator/indicator-index.js';

const TOPIC = 'vigie.indicator.events';

export interface FollowedIndicators {
  index: IndicatorIndex;
  close(): Promise<void>;
}

/** What following needs of a service's context. */
export interface IndicatorSources {
  store: Pick<ServiceContext['store'], 'replay'>;
  broker: { consume(options: ConsumeOptions): { ready(): Promise<void>; stop(): Promise<void> } };
  log: Pick<ServiceContext['log'], 'info' | 'error'>;
  /** The service cannot go on. */
  fail: ServiceContext['fail'];
}

/** Fills the index from the store, where all imports are, then from Kafka, where the newest are, and follows. */
export const followIndicators = async ({ store, broker, log, fail }: IndicatorSources): Promise<FollowedIndicators> => {
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
  { broker, fail }: Pick<IndicatorSources, 'broker' | 'fail'>,
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
