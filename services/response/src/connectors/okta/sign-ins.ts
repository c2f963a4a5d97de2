import { MINUTE_MS } from '#libs/terms';
import type { RecordedActivity, TargetHeard } from '../../session/silence.js';
import type { VendorApi } from '../connector.js';
import type { OktaLogEvent, OktaUser } from './endpoints.js';
import { listed } from './system-log.js';

/** From a suspension until the system log has what came of it. */
export const LAG_MS = 5 * MINUTE_MS;

const SIGN_INS = '(eventType eq "user.session.start" or eventType eq "user.authentication.sso")';
const recorded = (events: OktaLogEvent[]): RecordedActivity => {
  const times = events.map(({ published }) => Date.parse(published)).filter((at) => !Number.isNaN(at));
  return { count: events.length, lastAt: times.length ? Math.max(...times) : undefined };
};

/**
 * What the system log has of a user's sign-ins and single sign-ons since `from` (epoch ms), and of anybody else's
 * doing: an account gives no other sign of life.
 */
export const heardOf = async (
  api: VendorApi,
  { id, profile }: OktaUser,
  from: number,
  signal?: AbortSignal,
): Promise<TargetHeard> => {
  const by = (result: string): string => `actor.id eq "${id}" and outcome.result eq "${result}" and ${SIGN_INS}`;
  const done = recorded(await listed(api, from, by('SUCCESS'), signal));
  const silentFrom = done.lastAt ?? from;
  const all = await listed(api, silentFrom, undefined, signal);
  return {
    name: profile.login,
    what: 'sign-in',
    from,
    lagMs: LAG_MS,
    now: api.clock.now(),
    done,
    refused: recorded(await listed(api, silentFrom, by('FAILURE'), signal)),
    alive: null,
    others: recorded(all.filter(({ actor }) => actor?.id !== id)),
  };
};
