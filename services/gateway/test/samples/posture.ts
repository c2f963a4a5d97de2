import type { PostureObserved, PostureOpened } from '#contracts';
import { THEN, idsOf, markOf, provider } from './ids.js';

export const postureFacts = (tenant: string) => {
  const { posture: postureId } = idsOf(tenant);
  const mark = markOf(tenant);
  return [
    {
      ...{ type: 'posture.opened', postureId, check: 'SOURCE_SILENT', subject: mark, title: mark, severity: 'HIGH' },
      ...{ recommendation: mark, owner: mark, dueAt: null, by: provider, at: THEN },
    } satisfies PostureOpened,
    {
      ...{ type: 'posture.observed', postureId, gapId: mark, isPresent: true, since: THEN },
      ...{ figures: [{ name: mark, value: 1 }], at: THEN },
    } satisfies PostureObserved,
  ];
};
