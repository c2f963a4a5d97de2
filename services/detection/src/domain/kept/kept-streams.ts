import { hourName } from '#libs/terms';

/** Where Kafka has a finding; `timestamp` is the broker's, epoch ms. */
export interface CarriedPlace {
  tenant: string;
  partition: number;
  timestamp: number;
  /** It came back from the dead letters: those have offsets of their own. */
  isRetried: boolean;
}

/** Key of the stream that keeps a finding: by the broker's hour, so that whatever is read again goes there again. */
export const keptKeyOf = ({ partition, timestamp, isRetried }: CarriedPlace): string =>
  `${hourName(timestamp)}-${isRetried ? 'retry-' : ''}${partition}`;
