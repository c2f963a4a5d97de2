import type { Caller } from '../../services/gateway/src/domain/scope.js';
import { openQuotas } from '../../services/gateway/src/http/quotas.js';
import type { Attack } from './attack.js';

const ada: Caller = { side: 'PROVIDER', subject: 'ada', expiresAt: 0 };

/** How many of so many requests at one moment pass. */
const passed = (many: number): number => {
  const { request } = openQuotas(
    { requests: { perSecond: 20, burst: 400 }, socketsPerUser: 1, sockets: 1, subscriptionsPerUser: 1 },
    () => 0,
  );
  return Array.from({ length: many }, () => request(ada, 1_000)).filter((waitMs) => waitMs === 0).length;
};

/** Ten thousand requests of one person at once. */
export const tooManyRequests: Attack = {
  name: 'too-many-requests',
  line: 12,
  control: () => passed(100) === 100,
  attack: () => (passed(10_000) > 400 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'libs/service/src/rates.ts',
    find: 'const left = level >= wanted ? level - wanted : level;',
    replace: 'const left = level;',
  },
};
