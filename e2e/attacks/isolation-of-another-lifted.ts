import { runAction, undoAction } from '../../services/response/src/session/index.js';
import { withHost } from '../support/isolated-host.js';
import type { Attack } from './attack.js';

/**
 * Undoes our isolation, which is in force, or was until others released the host and isolated it anew.
 * @returns whether the host is released.
 */
const isLifted = (othersCame: boolean): Promise<boolean> =>
  withHost(async ({ session }, who) => {
    await runAction(session, 'isolate-host', who, { idempotencyKey: 'ours' });
    if (othersCame) {
      await runAction(session, 'release-host', who, { idempotencyKey: 'theirs' });
      await runAction(session, 'isolate-host', who, { idempotencyKey: 'theirs again' });
    }
    const { outcome } = await undoAction(session, 'isolate-host', who, {
      idempotencyKey: 'ours undone',
      undoes: 'ours',
    });
    return outcome === 'SUCCEEDED';
  });

/** Our isolation ends with its time, and with it one that the customer has made since. */
export const isolationOfAnotherLifted: Attack = {
  name: 'isolation-of-another-lifted',
  line: 3,
  control: () => isLifted(false),
  attack: async () => ((await isLifted(true)) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/session/run.ts',
    find: 'if (foreign) return',
    replace: "if (foreign === '') return",
  },
};
