import type { ActionStarted } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { started, tenant } from '../../services/response/test/samples/action.js';
import { carryOut } from '../../services/response/src/effects/carry-out.js';
import { withHost } from '../support/isolated-host.js';
import type { Attack } from './attack.js';

/** Carries out what was started so long ago. @returns whether the host is cut off. */
const isCutOff = (minutes: number): Promise<boolean> =>
  withHost(async ({ session, clock, effects }, { vendorId }) => {
    const message: ActionStarted = { ...(started as ActionStarted), vendorId, at: clock.now() - minutes * MINUTE_MS };
    const envelope = {
      id: 'e',
      type: message.type,
      source: 'response',
      subject: 'action/acme/a1',
      time: message.at,
      tenant: 'acme',
    };
    await carryOut({ clock, for: () => session }).perform({ envelope, message }, tenant('NOTIFY'), { resumed: false });
    return effects().length > 0;
  });

/** The service was away for an hour; the customer has forbidden everything since. */
export const begunLongAfterItsDecision: Attack = {
  name: 'begun-long-after-its-decision',
  line: 4,
  control: () => isCutOff(1),
  attack: async () => ((await isCutOff(60)) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/effects/carry-out.ts',
    find: '> IDENTITY_LASTS_MS) return record',
    replace: '> 100 * IDENTITY_LASTS_MS) return record',
  },
};
