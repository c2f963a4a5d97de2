import { accountOf } from './lake-look.js';
import { complaintsOf, verdictOf } from './needles.js';
import { tenantsOf, type Run } from './run.js';

/** What of the needles and events is not where it should be, counted at the end. */
export const accounts = async ({ world, heard, targets, sent }: Run) => {
  const needles = sent.flatMap((load) => load.needles);
  const events = sent.reduce((sum, load) => sum + load.events, 0);
  const lake = await accountOf(world.duck, tenantsOf(targets));
  const [found, kept] = [verdictOf(needles, heard.counts()), verdictOf(needles, lake.needles)];
  return {
    needles: { sent: needles.length, found: found.count, kept: kept.count },
    lake: { sent: events, events: lake.events, rows: lake.rows },
    otherFindings: [...heard.others.values()].reduce((sum, count) => sum + count, 0),
    complaints: [
      ...complaintsOf('findings', found),
      ...complaintsOf('rows of the lake', kept),
      ...(lake.events === events ? [] : [`${events} events were sent, ${lake.events} are in the lake`]),
    ],
  };
};
