import type { FindingFact } from '#contracts';
import { fromRecord, type Broker } from '#libs/events';
import { needleFound, type NeedleCounts } from './needles.js';

const FINDINGS = 'vigie.finding.events';

/** What detection has said of needles, and when. */
export interface HeardFindings {
  /** How often each needle was raised. */
  counts(): NeedleCounts;
  /** When a needle was first raised, by the broker's clock, epoch ms. */
  raisedAt(needle: string): number | undefined;
  /** Findings that no needle raised, by rule. */
  others: Map<string, number>;
  stop(): Promise<void>;
}

/** Hears all findings of an installation, from the first. Resolves when it hears. */
export const hearFindings = async (broker: Broker): Promise<HeardFindings> => {
  const times = new Map<string, number[]>();
  const others = new Map<string, number>();
  const consumption = broker.consume({
    topics: [FINDINGS],
    handle: async ({ records }) => {
      for (const record of records) {
        const { message } = fromRecord<FindingFact>(record);
        if (message.type !== 'finding.raised') continue;
        const needle = needleFound(message);
        if (needle === undefined) others.set(message.rule.id, (others.get(message.rule.id) ?? 0) + 1);
        else times.set(needle, [...(times.get(needle) ?? []), record.timestamp]);
      }
    },
  });
  await consumption.ready();
  return {
    counts: () => new Map([...times].map(([needle, all]) => [needle, all.length])),
    raisedAt: (needle) => times.get(needle)?.[0],
    others,
    stop: () => consumption.stop(),
  };
};
