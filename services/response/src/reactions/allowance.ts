import type {
  ActionAllowanceRequested,
  ActionRecordAllowance,
  AllowanceGranted,
  AllowanceTake,
  AllowanceWithheld,
} from '#contracts';
import type { Reaction } from '#libs/model';

/** One host more is counted before it is acted on. */
export const takeAllowance: Reaction<ActionAllowanceRequested, AllowanceTake> = {
  name: 'take-allowance',
  hears: ['action.allowance-requested'],
  react: ({ message: { actionId, asking, host } }) => [{ request: { type: 'allowance.take', actionId, asking, host } }],
};

/** The action goes on: without a person, or with one. */
export const tellAllowance: Reaction<AllowanceGranted | AllowanceWithheld, ActionRecordAllowance> = {
  name: 'tell-allowance',
  hears: ['allowance.granted', 'allowance.withheld'],
  react: ({ message: { type, actionId, asking, hosts, limit, hours } }) => [
    {
      request: {
        type: 'action.record-allowance',
        actionId,
        asking,
        granted: type === 'allowance.granted',
        hosts,
        limit,
        hours,
      },
    },
  ],
};
