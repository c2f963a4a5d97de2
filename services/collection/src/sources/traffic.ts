import type { OcsfClass } from './ocsf.js';

const REFUSED = /^(?:block|den|drop|reject|refus|reset|timeout|discard|prevent)/i;
const CLOSED = /^(?:close|teardown|end|server-rst|client-rst|session.?end)/i;

/** OCSF's network activity by what became of the traffic; `''` where nobody says. */
export const trafficClass = (action: string): OcsfClass => ({
  classUid: 4001,
  activityId: REFUSED.test(action) ? 5 : CLOSED.test(action) ? 2 : action === '' ? 6 : 1,
});
