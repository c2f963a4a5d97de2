import type { AllowanceFact, AllowanceTake, TenantState } from '#contracts';
import { Refused, type Decider } from '#libs/model';
import { DAY_MS, HOUR_MS, hostsAllowed } from '#libs/terms';

/** A host that may be acted on without a person, counted from `at` on. */
interface CountedHost {
  host: string;
  at: number;
}

/** Those of the last day. */
export interface AllowanceState {
  counted: CountedHost[];
}

/** Other hosts than this one, each once. */
const othersSince = ({ counted }: AllowanceState, host: string, since: number): number =>
  new Set(counted.filter((one) => one.at > since && one.host !== host).map((one) => one.host)).size;

/**
 * How many hosts of a tenant are acted on without a person, over all its cases: one stream a tenant, so that of two
 * that ask at once the second is told of the first.
 */
export const allowanceStream: Decider<AllowanceState, AllowanceTake, AllowanceFact, TenantState> = {
  subject: 'allowance',
  version: 1,
  key: (_request, tenant) => tenant,
  initial: () => ({ counted: [] }),
  evolve: (state, fact) =>
    fact.type === 'allowance.granted'
      ? {
          counted: [
            ...state.counted.filter(({ host, at }) => host !== fact.host && at > fact.at - DAY_MS),
            { host: fact.host, at: fact.at },
          ],
        }
      : state,
  decide: ({ actionId, asking, host }, state, { actor, now, settings }) => {
    if (actor.side !== 'SYSTEM') throw new Refused('only the service itself counts hosts', 'SYSTEM_ONLY');
    const { inHour, inDay } = settings?.active
      ? (hostsAllowed(settings.policy.guards, settings.assets.length) ?? { inHour: Infinity, inDay: Infinity })
      : { inHour: 0, inDay: 0 };
    const [hour, day] = [othersSince(state, host, now - HOUR_MS), othersSince(state, host, now - DAY_MS)];
    const of = { actionId, asking, host, at: now };
    if (hour >= inHour) return [{ type: 'allowance.withheld', ...of, hosts: hour, limit: inHour, hours: 1 }];
    if (day >= inDay) return [{ type: 'allowance.withheld', ...of, hosts: day, limit: inDay, hours: 24 }];
    // Switched off meanwhile: there is no number to tell.
    return [{ type: 'allowance.granted', ...of, hosts: hour, limit: Number.isFinite(inHour) ? inHour : 0, hours: 1 }];
  },
};
