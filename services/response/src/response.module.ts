import { checkSecrets, secretsFrom } from '#libs/outbound';
import { defineService } from '#libs/service';
import { config } from './config.js';
import { actionStream } from './domain/action/decider.js';
import { allowanceStream } from './domain/allowance/decider.js';
import { targetStream } from './domain/target/decider.js';
import { carryOut } from './effects/carry-out.js';
import { identify } from './effects/identify.js';
import { reconcile } from './effects/reconcile.js';
import { undo } from './effects/undo.js';
import { verify, verifyUndone } from './effects/verify.js';
import { openSessions } from './effects/accounts/sessions.js';
import { takeAllowance, tellAllowance } from './reactions/allowance.js';
import { executeApproved, noteContact, noteWord, watchApproval, watchContacts } from './reactions/approval.js';
import { proposeAgain, proposeContainment } from './reactions/propose-containment.js';
import { proposeWhereWanted, withdrawCalledOff } from './reactions/withdraw-called-off.js';
import { recordEffect, supersedeEnded } from './reactions/superseding.js';
import { endWithTime, undoAgain } from './reactions/undoing.js';

/**
 * Findings of a case become actions; the policy decides, the connectors act, and nothing counts until its effect was
 * seen.
 */
export const response = defineService({
  name: 'response',
  config,
  decides: [actionStream, allowanceStream, targetStream],
  reacts: [
    proposeContainment,
    proposeAgain,
    executeApproved,
    watchApproval,
    noteContact,
    noteWord,
    watchContacts,
    takeAllowance,
    tellAllowance,
    endWithTime,
    undoAgain,
    recordEffect,
    supersedeEnded,
    withdrawCalledOff,
    proposeWhereWanted,
  ],
  asks: [
    'action.execute',
    'action.expire',
    'action.propose',
    'action.record-allowance',
    'action.record-contact',
    'action.record-identity',
    'action.record-result',
    'action.record-reverted',
    'action.record-verification',
    'action.revert',
    'action.supersede',
    'action.withdraw',
    'allowance.take',
    'target.record-effect',
  ],
  ports: ({ config: own, clock, log }) => {
    checkSecrets(own.SECRETS_FILE);
    const secrets = secretsFrom(own.SECRETS_FILE, (problems) =>
      log.error({ problems }, 'the secrets file is not good'),
    );
    return {
      sessions: openSessions({ secrets, allow: own.EGRESS_ALLOW, now: () => clock.now() }),
      timing: { lookAfterMs: own.VERIFY_AFTER_MS },
    };
  },
  performs: (ports) => {
    const { sessions, timing } = ports ?? {};
    return [
      identify(sessions),
      carryOut(sessions),
      verify(sessions, timing),
      reconcile(sessions),
      undo(sessions),
      verifyUndone(sessions, timing),
    ];
  },
});
