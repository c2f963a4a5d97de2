import { aCase, anAction, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { ada, bo } from '../../../test/sample-week/people.js';
import { reportOf } from '../report/compose.js';
import type { Journals } from '../journals/index.js';
import { sectionContextOf } from './context.js';
import { waitingItems } from './waiting-on-customer.js';

const waiting = (special: Partial<Journals>): [kind: string, id: string, since: number][] => {
  const journals = { ...nothing, ...special };
  const items = waitingItems(journals, sectionContextOf(journals, theWeek, theWeek, someSettings));
  return items.map(({ kind, id, since }) => [kind, id, since]);
};

const question = (messageId: string, at: number) =>
  ({ messageId, kind: 'QUESTION', text: '?', inReplyTo: null, by: ada, at }) as const;
const reply = (inReplyTo: string | null, at: number) =>
  ({ messageId: `${inReplyTo} is answered`, kind: 'ANSWER', text: '!', inReplyTo, by: bo, at }) as const;
const hold = { status: 'ON_HOLD', onHoldReason: 'AWAITING_CUSTOMER', at: minute(9) } as const;

it('a question waits when only another one was answered since', () =>
  expect(
    waiting({
      cases: [aCase({ messages: [question('q', minute(1)), question('r', minute(2)), reply('r', minute(3))] })],
    }),
  ).toEqual([['QUESTION', 'q', minute(1)]]));

it('what is answered or followed after the period waits at its end', () => {
  const late = theWeek.to + 1;
  const advice = { recommendationId: 'a', text: 'Rotate it', at: minute(2), completedAt: late };
  expect(
    waiting({ cases: [aCase({ messages: [question('q', minute(1)), reply('q', late)], recommendations: [advice] })] }),
  ).toEqual([
    ['QUESTION', 'q', minute(1)],
    ['RECOMMENDATION', 'a', minute(2)],
  ]);
});

it('a case on hold for the customer waits itself, unless a question says what for', () => {
  expect(waiting({ cases: [aCase({ statuses: [hold] })] })).toEqual([['ON_HOLD', 'c1', minute(9)]]);
  expect(waiting({ cases: [aCase({ statuses: [hold], messages: [question('q', minute(9))] })] })).toEqual([
    ['QUESTION', 'q', minute(9)],
  ]);
});

describe('guidance', () => {
  const actions = [anAction({ guidedAt: minute(4) })];
  const closed = aCase({ statuses: [{ status: 'CLOSED', onHoldReason: 'NONE', at: minute(5) }] });

  it('waits in an open case, in one that was merged, and where the case is not known', () => {
    const expected = [['GUIDANCE', 'a1', minute(4)]];
    expect(waiting({ actions, cases: [aCase()] })).toEqual(expected);
    expect(waiting({ actions, cases: [{ ...closed, merged: { intoCaseId: 'c2', at: minute(5) } }] })).toEqual(expected);
    expect(waiting({ actions })).toEqual(expected);
  });
  it('waits no more once the case is closed', () => expect(waiting({ actions, cases: [closed] })).toEqual([]));
  it('of a case that was merged is told as of the one its work goes on in, and waits until that one is closed', () => {
    const merged = { ...closed, caseId: 'c2', number: 2, merged: { intoCaseId: 'c1', at: minute(5) } };
    const ofMerged = [anAction({ caseId: 'c2', guidedAt: minute(4) })];
    const told = (survivor: Journals['cases'][number]) =>
      reportOf(
        { ...nothing, actions: ofMerged, cases: [survivor, merged] },
        { ...theWeek, kind: 'WEEKLY', language: 'EN', settings: someSettings },
      );
    const open = told(aCase());
    expect(open.waiting.map(({ caseNumber, kind }) => [caseNumber, kind])).toEqual([['ACME-1', 'GUIDANCE']]);
    const [story] = open.cases.map((one) => one.story.filter(({ part }) => part === 'YOU_DO'));
    expect(story?.map(({ says }) => says.code)).toEqual(['GUIDANCE']);
    expect(told(closed).waiting).toEqual([]);
  });
});
