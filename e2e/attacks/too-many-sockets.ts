import type { Caller } from '../../services/gateway/src/domain/scope.js';
import { openQuotas } from '../../services/gateway/src/http/quotas.js';
import type { Attack } from './attack.js';

const caller = (subject: string): Caller => ({ side: 'CUSTOMER', tenant: 'acme', subject, expiresAt: 0 });
const LIMITS = { requests: { perSecond: 20, burst: 400 }, socketsPerUser: 20, sockets: 500, subscriptionsPerUser: 100 };

/**
 * Whether somebody else gets a socket and may listen, after one person has opened `many` and listened to ten things on
 * each.
 */
const isServed = (many: number): boolean => {
  const { socket } = openQuotas(LIMITS, () => 0);
  for (let one = 0; one < many; one += 1) {
    const opened = socket();
    // Whoever is refused is closed, as the server does.
    if (opened && !opened.isOf(caller('mallory'))) opened.close();
    else opened?.holds(10);
  }
  const other = socket();
  return Boolean(other?.isOf(caller('carol')) && other.holds(1));
};

/** A thousand sockets of one person. */
export const tooManySockets: Attack = {
  name: 'too-many-sockets',
  line: 12,
  control: () => isServed(3),
  attack: () => (isServed(1_000) ? 'refused' : 'succeeded'),
  mutation: { file: 'services/gateway/src/http/quotas.ts', find: ' || sockets.of(who) >= socketsPerUser', replace: '' },
};
