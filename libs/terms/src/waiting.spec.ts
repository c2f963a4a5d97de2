import type { ActionState, CaseStatus, MessageKind, OnHoldReason, Side } from '#contracts';
import { questionsAfter, waitingOfAction, waitingOfCase, type OpenQuestion } from './waiting.js';

const written = (id: string, kind: MessageKind, side: Side, inReplyTo: string | null = null) => ({
  id,
  kind,
  by: { side },
  inReplyTo,
});
type Written = ReturnType<typeof written>;

const waiting = (
  messages: Written[],
  status: CaseStatus = 'IN_PROGRESS',
  onHoldReason: OnHoldReason = 'NONE',
  isMerged = false,
) => waitingOfCase({ status, onHoldReason, isMerged, messages, recommendations: [] });
const idsOf = (...args: Parameters<typeof waiting>): string[] => waiting(...args).questions.map(({ id }) => id);

const asked = written('q', 'QUESTION', 'PROVIDER');

describe('a question of the provider', () => {
  it.each<[string, Written[], string[]]>([
    ['waits', [asked], ['q']],
    ['is answered by the answer to it', [asked, written('a', 'ANSWER', 'CUSTOMER', 'q')], []],
    ['is answered by a message in reply to it', [asked, written('a', 'MESSAGE', 'CUSTOMER', 'q')], []],
    ['waits still when the customer writes of something else', [asked, written('m', 'MESSAGE', 'CUSTOMER')], ['q']],
    [
      'waits still when another one is answered',
      [asked, written('r', 'QUESTION', 'PROVIDER'), written('a', 'ANSWER', 'CUSTOMER', 'r')],
      ['q'],
    ],
    ['waits still when the customer asks back', [asked, written('b', 'QUESTION', 'CUSTOMER', 'q')], ['q']],
    ['waits still when the provider adds to it', [asked, written('m', 'MESSAGE', 'PROVIDER', 'q')], ['q']],
    ['waits beside another', [asked, written('r', 'QUESTION', 'PROVIDER')], ['q', 'r']],
  ])('%s', (_what, messages, open) => expect(idsOf(messages)).toEqual(open));

  it.each<[CaseStatus, boolean]>([
    ['RESOLVED', false],
    ['CLOSED', false],
    ['IN_PROGRESS', true],
  ])('waits no more in a case that is %s (merged: %s)', (status, isMerged) =>
    expect(idsOf([asked], status, 'NONE', isMerged)).toEqual([]),
  );
  it('waits no more once it is withdrawn', () => expect(idsOf([{ ...asked, withdrawn: true } as Written])).toEqual([]));
  it('is not what the customer asked', () => expect(idsOf([written('q', 'QUESTION', 'CUSTOMER')])).toEqual([]));
  it('is no message', () => expect(idsOf([written('m', 'MESSAGE', 'PROVIDER')])).toEqual([]));
});

describe('a question that the work waits for', () => {
  const blocking = { ...asked, blocking: true };
  const also = { ...written('r', 'QUESTION', 'PROVIDER'), blocking: true };
  it.each<[string, Written[], string[]]>([
    ['blocks', [], ['q', 'r']],
    ['blocks while another is answered', [written('a', 'ANSWER', 'CUSTOMER', 'r')], ['q']],
    ['blocks no more once the customer asks back', [written('b', 'QUESTION', 'CUSTOMER', 'q')], ['r']],
    [
      "blocks no more after a word of the customer's that may be meant for it",
      [written('m', 'MESSAGE', 'CUSTOMER')],
      [],
    ],
    ['blocks whatever the provider adds', [written('m', 'MESSAGE', 'PROVIDER', 'q')], ['q', 'r']],
  ])('%s', (_what, then, blocks) =>
    expect(
      [blocking, also, ...then]
        .reduce<readonly OpenQuestion[]>(questionsAfter, [])
        .filter((one) => one.blocks)
        .map(({ id }) => id),
    ).toEqual(blocks),
  );
  it("is none of the customer's, nor of a service's", () =>
    expect(
      [
        { ...written('q', 'QUESTION', 'CUSTOMER'), blocking: true },
        { ...written('r', 'QUESTION', 'SYSTEM'), blocking: true },
      ]
        .reduce<readonly OpenQuestion[]>(questionsAfter, [])
        .some(({ blocks }) => blocks),
    ).toBe(false));
});

describe('a case', () => {
  it.each<[string, Written[], CaseStatus, OnHoldReason, boolean, boolean]>([
    ['on hold for the customer', [], 'ON_HOLD', 'AWAITING_CUSTOMER', false, true],
    ['whose open question says what for', [asked], 'ON_HOLD', 'AWAITING_CUSTOMER', false, false],
    ['on hold for a third party', [], 'ON_HOLD', 'AWAITING_THIRD_PARTY', false, false],
    ['whose actions wait for approval', [], 'ON_HOLD', 'AWAITING_APPROVAL', false, false],
    ['that was on hold', [], 'IN_PROGRESS', 'AWAITING_CUSTOMER', false, false],
    ['that was merged', [], 'ON_HOLD', 'AWAITING_CUSTOMER', true, false],
  ])('%s', (_what, messages, status, reason, isMerged, held) =>
    expect(waiting(messages, status, reason, isMerged).isHeld).toBe(held),
  );
});

it.each<[CaseStatus, boolean]>([
  ['NEW', false],
  ['CLOSED', false],
  ['CLOSED', true],
])('advice waits until it is followed, in a case that is %s (merged: %s), too', (status, isMerged) => {
  const recommendations = [{ done: false }, { done: true }];
  const { recommendations: open } = waitingOfCase({
    status,
    onHoldReason: 'NONE',
    isMerged,
    messages: [],
    recommendations,
  });
  expect(open).toEqual([{ done: false }]);
});

it.each<[ActionState, Parameters<typeof waitingOfAction>[1], string | null]>([
  ['AWAITING_APPROVAL', { status: 'NEW', isMerged: false }, 'APPROVAL'],
  ['AWAITING_APPROVAL', { status: 'CLOSED', isMerged: false }, 'APPROVAL'],
  ['GUIDED', { status: 'ON_HOLD', isMerged: false }, 'GUIDANCE'],
  ['GUIDED', { status: 'RESOLVED', isMerged: false }, null],
  ['GUIDED', { status: 'CLOSED', isMerged: false }, null],
  ['GUIDED', { status: 'CLOSED', isMerged: true }, 'GUIDANCE'],
  ['GUIDED', undefined, 'GUIDANCE'],
  ['PROPOSED', { status: 'NEW', isMerged: false }, null],
  ['APPROVED', { status: 'NEW', isMerged: false }, null],
  ['EXPIRED', { status: 'NEW', isMerged: false }, null],
  ['DONE_BY_CUSTOMER', { status: 'NEW', isMerged: false }, null],
])('of an action that is %s in the case %j %s waits', (state, ofCase, kind) =>
  expect(waitingOfAction(state, ofCase)).toBe(kind),
);
