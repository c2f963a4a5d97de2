import type { ActionFact, CaseFact } from '#contracts';
import { heard, showing } from '#libs/testing';
import { heardOf, idsOf, openedOf, THEN } from '../../test/samples/index.js';
import { nodeId } from '../domain/node-id.js';
import { actions } from '../views/actions.js';
import { cases } from '../views/cases.js';
import { waitingItems } from './waiting-items.js';

const { case: caseId, action: actionId } = idsOf('acme');
const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const carol = { subject: 'carol', side: 'CUSTOMER' } as const;
const [CASE, ACTION] = [nodeId('Case', 'acme', caseId), nodeId('Action', 'acme', actionId)];

const documents = <Doc>(docs: Record<string, Doc>) =>
  Object.entries(docs).map(([key, doc]) => ({ tenant: 'acme', key, doc }));
const caseAfter = (...facts: CaseFact[]) =>
  documents(
    showing(cases).of(
      ...[openedOf('acme'), ...facts].map((fact, index) =>
        heard(fact, { sequence: { version: index + 1, index: 0, count: 1 } }),
      ),
    ),
  );
const guided: ActionFact = {
  type: 'action.guided',
  actionId,
  caseId,
  steps: ['Pull the plug', 'Call us'],
  at: THEN + 50,
};
const waiting = (looked: Partial<Parameters<typeof waitingItems>[0]>) =>
  waitingItems({ actions: [], cases: [], ofActions: [], ...looked }, (_tenant, number) => `ACME-${number}`);

const said = (
  messageId: string,
  kind: 'QUESTION' | 'ANSWER',
  by: typeof ada | typeof carol,
  inReplyTo: string | null,
  at: number,
): CaseFact => ({ type: 'case.message-posted', caseId, messageId, kind, text: messageId, inReplyTo, by, at });
const status = (to: 'ON_HOLD' | 'RESOLVED', at: number): CaseFact => ({
  type: 'case.status-changed',
  caseId,
  from: 'NEW',
  to,
  onHoldReason: to === 'ON_HOLD' ? 'AWAITING_CUSTOMER' : 'NONE',
  clocks: [],
  by: ada,
  at,
});
const [q, r] = [said('q', 'QUESTION', ada, null, THEN + 4), said('r', 'QUESTION', ada, null, THEN + 5)];

it('a question waits until it is answered, not another, and while its case is open', () => {
  const answered = said('a', 'ANSWER', carol, 'r', THEN + 6);
  expect(waiting({ cases: caseAfter(q, r, answered) })).toEqual([
    { kind: 'QUESTION', caseId: CASE, caseNumber: 'ACME-1001', id: 'q', text: 'q', since: THEN + 4, expiresAt: null },
  ]);
  expect(waiting({ cases: caseAfter(q, status('RESOLVED', THEN + 7)) })).toEqual([]);
});

it('a case on hold for the customer waits since then, unless a question says what for', () => {
  const hold = status('ON_HOLD', THEN + 9);
  expect(waiting({ cases: caseAfter(hold) })).toMatchObject([{ kind: 'ON_HOLD', id: CASE, since: THEN + 9 }]);
  expect(waiting({ cases: caseAfter(q, hold) })).toMatchObject([{ kind: 'QUESTION', id: 'q' }]);
});

it('guidance waits since it was given, step by step, until its case is done', () => {
  const asked = heardOf('acme', ...actions.hears);
  const shown = documents(showing(actions).of(...asked, heard(guided)));
  expect(waiting({ actions: shown, ofActions: caseAfter() })).toEqual([
    {
      kind: 'GUIDANCE',
      caseId: CASE,
      caseNumber: 'ACME-1001',
      id: ACTION,
      text: 'Pull the plug\nCall us',
      since: THEN + 50,
      expiresAt: null,
    },
  ]);
  expect(waiting({ actions: shown, ofActions: caseAfter(status('RESOLVED', THEN + 60)) })).toEqual([]);
});

it('an approval waits, with the time it expires, whatever became of its case', () =>
  expect(
    waiting({
      actions: documents(showing(actions).of(...heardOf('acme', ...actions.hears))),
      ofActions: caseAfter(status('RESOLVED', THEN + 60)),
    }),
  ).toMatchObject([{ kind: 'APPROVAL', id: ACTION, since: THEN + 20, expiresAt: THEN + 21 }]));
