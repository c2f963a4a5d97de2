import { DAY_MS } from '#libs/terms';
import { withDays } from '../../services/hunting/src/lake/days.js';
import type { TenantLakeEvent } from '../../services/hunting/src/lake/days.js';
import type { Attack } from './attack.js';

/** Files that one write makes of events, each of which claims another day. */
const filesOf = (days: number): number => {
  const row = (index: number): TenantLakeEvent => ({
    tenant: 'acme',
    source: 'edr',
    kind: 'WINDOWS',
    context: undefined,
    event: {
      id: `e${index}`,
      occurredAt: (index + 1) * DAY_MS,
      ingestedAt: 1,
      entity: 'host:a',
      observables: [],
      flags: [],
      partition: 0,
      offset: 1,
      index,
      native: Buffer.from('{}'),
      ocsf: { categoryUid: 0, classUid: 0, activityId: 0, severityId: 1, message: '' },
    },
  });
  return new Set(withDays(Array.from({ length: days }, (_, index) => row(index))).map(({ day }) => day)).size;
};

/**
 * The lake writes a file for each day, one after the other and each down to the disk, while everybody's events wait.
 */
export const daysWithoutNumber: Attack = {
  name: 'days-without-number',
  line: 10,
  control: () => filesOf(14) === 14,
  attack: () => (filesOf(10_000) > 100 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/hunting/src/lake/days.ts',
    find: 'of.size <= MOST_DAYS ? of',
    replace: 'of.size <= Infinity ? of',
  },
};
