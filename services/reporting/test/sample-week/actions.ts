import type { ActionJournal } from '../../src/domain/journals/index.js';
import { anAction, minute, theWeek } from '../samples.js';
import { ada, bo, DAY } from './people.js';

const verified = (at: number, evidence: string): Partial<ActionJournal> => ({
  started: [{ inverting: false, at: at - 60_000 }],
  finished: [{ outcome: 'SUCCEEDED', detail: '', at: at - 30_000 }],
  verified: [{ effective: true, evidence, at }],
});
const decided = (
  decision: 'EXECUTE' | 'ASK' | 'GUIDE',
  because: string,
  at: number,
): Pick<ActionJournal, 'decisions' | 'proposedAt'> => ({
  proposedAt: at,
  decisions: [{ decision, rule: 'mode', because, at }],
});

export const actions = [
  anAction({
    actionId: 'a1',
    caseId: 'c1',
    target: { kind: 'HOST', id: 'dc-01', entity: 'host:dc-01' },
    ...decided('EXECUTE', 'AUTHORIZE: severity CRITICAL, confidence 90', minute(5)),
    ...verified(minute(7), 'No traffic but to the EDR for 60 s'),
    reverted: { by: ada, reason: 'clean', at: minute(290) },
  }),
  anAction({
    actionId: 'a2',
    caseId: 'c2',
    actionClass: 'suspend-user',
    target: { kind: 'USER', id: 'jean.dupont', entity: 'user:jean.dupont' },
    ...decided('ASK', 'COLLABORATE: identities', minute(2 * DAY + 27)),
    ...verified(minute(2 * DAY + 48), 'Status SUSPENDED, sessions 0'),
    approvalRequested: {
      expiresAt: minute(2 * DAY + 88),
      question: 'May we suspend jean.dupont?',
      at: minute(2 * DAY + 28),
    },
    approved: { by: bo, comment: 'Please.', at: minute(2 * DAY + 41) },
  }),
  anAction({
    actionId: 'a3',
    caseId: 'c2',
    target: { kind: 'HOST', id: 'build-07', entity: 'host:build-07' },
    ...decided('ASK', 'COLLABORATE: servers', minute(2 * DAY + 50)),
    approvalRequested: {
      expiresAt: theWeek.to + 60_000,
      question: 'May we isolate build-07?',
      at: minute(6 * DAY + 700),
    },
  }),
  anAction({
    actionId: 'a4',
    caseId: 'c4',
    actionClass: 'suspend-user',
    target: { kind: 'USER', id: 'marie.curie', entity: 'user:marie.curie' },
    ...decided('GUIDE', 'NOTIFY: out of hours', minute(5 * DAY + 9)),
    guidedAt: minute(5 * DAY + 10),
    doneByCustomer: { by: bo, comment: 'Done.', at: minute(5 * DAY + 18) },
  }),
];
