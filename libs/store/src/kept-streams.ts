import type { FactsToKeep, FactToKeep } from './port.js';

/** A fact to keep, and the stream that is to keep it. */
export interface PlacedFact<Fact extends FactToKeep> extends Pick<FactsToKeep, 'tenant' | 'subject' | 'key'> {
  fact: Fact;
}

/** What came together, by the stream that keeps it: tenants apart, in order. */
export const keptStreams = <Fact extends FactToKeep>(
  placed: readonly PlacedFact<Fact>[],
): (FactsToKeep & { facts: Fact[] })[] => {
  const streams = new Map<string, FactsToKeep & { facts: Fact[] }>();
  for (const { tenant, subject, key, fact } of placed) {
    const name = `${subject}/${tenant}/${key}`;
    const stream = streams.get(name) ?? { tenant, subject, key, facts: [] };
    stream.facts.push(fact);
    streams.set(name, stream);
  }
  return [...streams.values()];
};
