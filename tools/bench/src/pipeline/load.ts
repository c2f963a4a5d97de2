import { ingestTopic, type OutRecord } from '#libs/events';
import { needleOf } from './needles.js';
import { KINDS, type KindName } from './kinds.js';

/** Where events go: the source is called as its kind. */
export interface BenchSource {
  tenant: string;
  kind: KindName;
}

export interface LoadPlan {
  /** Which part of a measurement: names its needles. */
  run: string;
  events: number;
  /** Lines of a message. */
  perRecord: number;
  /** One of so many events is a needle, the last of them; the last event is one, too. */
  needleEvery: number;
  targets: readonly BenchSource[];
  /** When the last of them happens, epoch ms; the others a millisecond earlier each. */
  at: number;
}

/** Messages as partners send them, in order, and what is in them. */
export interface Load {
  events: number;
  records: OutRecord[];
  needles: string[];
}

const isNeedle = ({ events, needleEvery }: LoadPlan, nth: number): boolean =>
  nth % needleEvery === needleEvery - 1 || nth === events - 1;

/** Messages take turns among the sources. They have no key: partners need none. */
export const loadOf = (plan: LoadPlan): Load => {
  const { run, events, perRecord, targets, at } = plan;
  const load: Load = { events, records: [], needles: [] };
  for (let from = 0; from < events; from += perRecord) {
    const lines: string[] = [];
    const { tenant, kind } = targets[(from / perRecord) % targets.length]!;
    for (let nth = from; nth < Math.min(events, from + perRecord); nth += 1) {
      const mark = isNeedle(plan, nth) ? needleOf(run, nth) : undefined;
      if (mark !== undefined) load.needles.push(mark);
      lines.push(KINDS[kind].line(nth, at - events + nth + 1, mark));
    }
    load.records.push({
      topic: ingestTopic(tenant, kind),
      key: null,
      value: Buffer.from(lines.join('\n')),
      headers: {},
    });
  }
  return load;
};
