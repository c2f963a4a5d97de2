import { HOUR_MS } from '#libs/terms';

/** Where Kafka has a finding; `timestamp` is the broker's, epoch ms. */
export interface CarriedPlace {
  tenant: string;
  partition: number;
  timestamp: number;
  /** It came back from the dead letters: those have offsets of their own. */
  isRetried: boolean;
}

/** `2026-11-02T10`, UTC. */
const hourOf = (timestamp: number): string =>
  new Date(Math.floor(timestamp / HOUR_MS) * HOUR_MS).toISOString().slice(0, 13);

/** Key of the stream that keeps a finding: by the broker's hour, so that whatever is read again goes there again. */
export const keptKeyOf = ({ partition, timestamp, isRetried }: CarriedPlace): string =>
  `${hourOf(timestamp)}-${isRetried ? 'retry-' : ''}${partition}`;

/** What came of one partition, by the stream that keeps it: tenants apart, in order. */
export const byKeptStream = <T>(
  found: readonly { place: CarriedPlace; fact: T }[],
): { tenant: string; key: string; facts: T[] }[] => {
  const streams = new Map<string, { tenant: string; key: string; facts: T[] }>();
  for (const { place, fact } of found) {
    const key = keptKeyOf(place);
    const name = `${place.tenant}/${key}`;
    const stream = streams.get(name) ?? { tenant: place.tenant, key, facts: [] };
    stream.facts.push(fact);
    streams.set(name, stream);
  }
  return [...streams.values()];
};
