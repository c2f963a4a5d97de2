import type { PostureJournal } from '../../src/domain/journals/index.js';
import { HOUR_MS } from '#libs/terms';
import { theWeek } from '../samples.js';

const [since, at] = [theWeek.to - 30 * HOUR_MS, theWeek.to - 29 * HOUR_MS];
const postureId = 'p-network';

/** The network source, found silent by the watch. */
export const postures: PostureJournal[] = [
  {
    applied: [2, 0],
    postureId,
    openedAt: at,
    facts: [
      {
        ...{ type: 'posture.opened', postureId, check: 'SOURCE_SILENT', subject: 'network', severity: 'HIGH' },
        ...{ title: 'Telemetry source network is silent', recommendation: '', owner: '', dueAt: null, at },
        by: { subject: 'cases', side: 'SYSTEM' },
      },
      { type: 'posture.observed', postureId, gapId: 'g-network', isPresent: true, since, figures: [], at },
    ],
  },
];
