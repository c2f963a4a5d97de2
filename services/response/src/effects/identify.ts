import type { ActionIdentityRequested, ActionRecordIdentity, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import { identifyTarget } from '../session/index.js';
import { pauseAt } from '../domain/action/limits.js';
import type { VendorSessions } from './accounts/sessions.js';
import { NO_CONNECTOR } from './accounts/reach.js';

/** As with what is carried out: a slow vendor of one tenant makes others wait. */
const ASK_FOR_MS = 20_000;

/**
 * Asks the vendor who the target is. One that cannot be asked is asked again after a pause that grows with each asking.
 */
export const identify = (
  sessions: VendorSessions,
): Effect<ActionIdentityRequested, ActionRecordIdentity, TenantState> => ({
  name: 'identify',
  hears: ['action.identity-requested'],
  perform: async ({ message: { actionId, actionClass, target, asking, at } }, settings) => {
    const session = sessions.for(settings, actionClass);
    const askedAt = sessions.clock.now();
    const told = session
      ? await identifyTarget(session, actionClass, target, AbortSignal.timeout(ASK_FOR_MS))
      : { outcome: 'UNSUPPORTED' as const, vendorId: '', name: '', names: [], detail: NO_CONNECTOR };
    const request: ActionRecordIdentity = {
      type: 'action.record-identity',
      actionId,
      asking,
      vendor: session?.vendor ?? '',
      ...told,
      at: askedAt,
    };
    return [{ request, dueAt: told.outcome === 'UNAVAILABLE' ? at + pauseAt(asking - 1) : undefined }];
  },
});
