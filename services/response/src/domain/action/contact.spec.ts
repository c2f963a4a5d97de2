import type { ActionFact, ActionRecordContact } from '#contracts';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import { asked as askedZoe, at, decided, proposed, recordIdentity, tried, zoe } from '../../../test/samples/action.js';
import { given, typesOf, under } from '../../../test/samples/given.js';

const optedIn = under('COLLABORATE', { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] });
const execute = { type: 'action.execute', actionId: 'a1' } as const;
const asked = (...contacts: string[]): ActionFact[] => [
  proposed,
  decided('ASK'),
  { ...askedZoe, contacts } as ActionFact,
];
const minutes = (count: number) => ({ ...optedIn, now: at + count * MINUTE_MS });
const whenTold = (over: Partial<ActionRecordContact> = {}) =>
  ({
    type: 'action.record-contact',
    actionId: 'a1',
    contact: 'zoe',
    channel: 'mail',
    outcome: 'ACCEPTED',
    reached: false,
    triedAt: at,
    ...over,
  }) as const;

describe('an action goes on without an answer', () => {
  it.each<[string, ActionFact[]]>([
    ['who was told was silent', [...asked('zoe'), tried()]],
    ['nobody could be reached', [...asked('zoe'), tried({ outcome: 'UNREACHABLE', waitUntil: null })]],
    [
      'one was silent and one did not take the call',
      [...asked('zoe', 'bob'), tried(), tried({ contact: 'bob', outcome: 'UNANSWERED', waitUntil: null })],
    ],
  ])('once all who were asked were tried: %s', (_how, past) =>
    expect(
      typesOf(
        given(...past)
          .when(execute, minutes(15))
          .facts(),
      ),
    ).toEqual(['action.approved', 'action.identity-requested']),
  );
  it.each<[string, ActionFact[], number]>([
    ['nobody was asked', asked(), 15],
    ['nobody was tried', asked('zoe'), 15],
    ['one of two was tried', [...asked('zoe', 'bob'), tried()], 15],
    ['the time is not over', [...asked('zoe'), tried()], 14],
    [
      'the last was told late',
      [...asked('zoe'), tried({ triedAt: at + 10 * MINUTE_MS, waitUntil: at + 25 * MINUTE_MS })],
      15,
    ],
    ['somebody is there', [...asked('zoe'), tried({ reached: true })], 15],
    ['the question has expired', [...asked('zoe'), tried()], HOUR_MS / MINUTE_MS],
  ])('but not when %s', (_why, past, after) =>
    given(...past)
      .when(execute, minutes(after))
      .then(),
  );
});

describe('silence while we were away', () => {
  const dueAt = at + 15 * MINUTE_MS;
  const away = [...asked('zoe'), tried()];
  const renewed = given(...away)
    .when({ ...execute, dueAt }, minutes(20))
    .facts();
  const putAgain = given(...away, ...renewed)
    .when(recordIdentity({ at: at + 20 * MINUTE_MS }), minutes(20))
    .facts();
  const again = [...away, ...renewed, ...putAgain];
  it('is no answer: the vendor is asked, and the question put again, with a time of its own', () => {
    expect(typesOf(renewed)).toEqual(['action.identity-requested']);
    expect(putAgain.at(-1)).toMatchObject({ type: 'action.approval-requested', expiresAt: at + 80 * MINUTE_MS });
  });
  it('is counted from then on, and not by a timer of the question before', () => {
    given(...again)
      .when({ ...execute, dueAt: at + 16 * MINUTE_MS }, minutes(21))
      .then();
    given(...again)
      .when({ ...execute, dueAt: at + 35 * MINUTE_MS }, minutes(35))
      .then();
    const told = tried({ triedAt: at + 21 * MINUTE_MS, waitUntil: at + 36 * MINUTE_MS, at: at + 21 * MINUTE_MS });
    given(...again, told)
      .when({ ...execute, dueAt: at + 36 * MINUTE_MS }, minutes(36))
      .thenLike({ type: 'action.approved' }, { type: 'action.identity-requested' });
  });
  it('is no answer where we came back before its time was over', () => {
    const back = { ...minutes(15), listeningSince: at + 14 * MINUTE_MS };
    const anew = given(...away).when({ ...execute, dueAt }, back);
    expect(typesOf(anew.facts())).toEqual(['action.identity-requested']);
    // What an earlier release held does not say when it was due.
    expect(
      typesOf(
        given(...away)
          .when(execute, back)
          .facts(),
      ),
    ).toEqual(['action.identity-requested']);
  });
  it('is an answer where we had come back before the question was put', () =>
    given(...away)
      .when({ ...execute, dueAt }, { ...minutes(15), listeningSince: at })
      .thenLike({ type: 'action.approved' }, { type: 'action.identity-requested' }));
  it('is an answer where the timer came a moment late', () =>
    given(...away)
      .when({ ...execute, dueAt }, minutes(16))
      .thenLike({ type: 'action.approved' }, { type: 'action.identity-requested' }));
  it('hinders nobody to say no while the vendor is asked', () =>
    given(...away, ...renewed)
      .when({ type: 'action.deny', actionId: 'a1', comment: '' }, { ...minutes(20), actor: zoe })
      .thenLike({ type: 'action.denied' }));
  it('puts nothing again where it never counts', () =>
    given(...away)
      .when({ ...execute, dueAt }, { ...under('COLLABORATE'), now: at + 20 * MINUTE_MS })
      .then());
});

describe('a mail of the question before', () => {
  const second = [...asked('zoe'), { ...askedZoe, contacts: ['zoe'], asking: 2 } as ActionFact];
  it('tells nobody of the present one, however late it went out', () => {
    given(...second)
      .when(whenTold({ asking: 1, triedAt: at + MINUTE_MS }), minutes(1))
      .then();
    given(...second)
      .when(whenTold({ asking: 2, triedAt: at + MINUTE_MS }), minutes(1))
      .thenLike({ type: 'action.contact-tried', contact: 'zoe' });
  });
  it('shows that somebody is there all the same, if it is taken note of', () =>
    given(...second)
      .when(whenTold({ asking: 1, channel: 'portal', reached: true, triedAt: at + MINUTE_MS }), minutes(1))
      .thenLike({ type: 'action.contact-tried', reached: true }));
});

describe('who takes note after silence was taken for a yes', () => {
  const silent = [...asked('zoe'), tried()];
  const resolving = [
    ...silent,
    ...given(...silent)
      .when(execute, minutes(15))
      .facts(),
  ];
  const note = whenTold({ channel: 'portal', reached: true, triedAt: at + 16 * MINUTE_MS });
  const noted = [
    ...resolving,
    ...given(...resolving)
      .when(note, minutes(16))
      .facts(),
  ];
  it('is there: the question waits again, and the vendor that comes back starts nothing', () => {
    expect(typesOf(noted.slice(resolving.length))).toEqual(['action.contact-tried']);
    given(...noted)
      .when(recordIdentity({ at: at + 40 * MINUTE_MS }), minutes(40))
      .then();
    given(...noted)
      .when({ type: 'action.approve', actionId: 'a1', comment: 'go' }, { ...minutes(41), actor: zoe })
      .thenLike({ type: 'action.approved', by: zoe });
  });
  it('ends a question whose time is over by then', () =>
    given(...resolving)
      .when(note, minutes(61))
      .thenLike({ type: 'action.contact-tried', reached: true }, { type: 'action.expired', told: 1 }));
  it('is none who only was told', () =>
    given(...resolving)
      .when(whenTold({ contact: 'eve' }), minutes(16))
      .then());
});

describe('who has several ways', () => {
  const [zoesMail] = optedIn.settings.contacts;
  if (!zoesMail) throw new Error('no contact');
  const contacts = [zoesMail, { ...zoesMail, channel: 'phone', address: '+33 1' }, { ...zoesMail, channel: 'portal' }];
  const known = { ...optedIn, settings: { ...optedIn.settings, contacts }, now: at + 15 * MINUTE_MS };
  const past = [...asked('zoe'), tried()];
  it('is silent once each was tried that can be tried', () => {
    given(...past)
      .when(execute, known)
      .then();
    given(...past)
      .when(whenTold({ channel: 'phone', outcome: 'UNANSWERED' }), { ...known, now: at + MINUTE_MS })
      .thenLike({ type: 'action.contact-tried', channel: 'phone' });
    given(...past, tried({ channel: 'phone', outcome: 'UNANSWERED', waitUntil: null }))
      .when(execute, known)
      .thenLike({ type: 'action.approved' }, { type: 'action.identity-requested' });
  });
});

describe('that somebody was tried', () => {
  it('is kept, with the share of the time to answer', () =>
    given(...asked('zoe', 'bob'))
      .when(whenTold(), optedIn)
      .thenLike({ type: 'action.contact-tried', contact: 'zoe', waitUntil: at + 7.5 * MINUTE_MS }));
  it.each(['NOT_MADE', 'NO_SENDER', 'UNKNOWN'] as const)(
    'is not what %s says: that is no word of the contact',
    (outcome) =>
      given(...asked('zoe'))
        .when(whenTold({ outcome }), optedIn)
        .then(),
  );
  it.each<[string, ActionFact[], Partial<ActionRecordContact>]>([
    ['twice', [...asked('zoe'), tried()], {}],
    ['of who was not asked', asked('zoe'), { contact: 'eve' }],
    ['of no question that waits', [proposed], {}],
  ])('is not kept %s', (_what, past, over) =>
    given(...past)
      .when(whenTold(over), optedIn)
      .then(),
  );
  it('is kept once more when it shows that somebody is there, whoever that is', () =>
    given(...asked('zoe'), tried())
      .when(whenTold({ contact: 'eve', reached: true }), optedIn)
      .thenLike({ type: 'action.contact-tried', reached: true }));
  it('is kept again once a contact is told whom an attempt before did not reach', () => {
    const retried = whenTold({ triedAt: at + 14 * MINUTE_MS });
    const greylisted = [...asked('zoe'), tried({ outcome: 'UNREACHABLE', waitUntil: null })];
    given(...greylisted)
      .when(retried, minutes(14))
      .thenLike({ type: 'action.contact-tried', outcome: 'ACCEPTED', waitUntil: at + 29 * MINUTE_MS });
    const told = [
      ...greylisted,
      ...given(...greylisted)
        .when(retried, minutes(14))
        .facts(),
    ];
    given(...told)
      .when(execute, minutes(15))
      .then();
    given(...told)
      .when(retried, minutes(15))
      .then();
    given(...told)
      .when(execute, minutes(29))
      .thenLike({ type: 'action.approved' }, { type: 'action.identity-requested' });
  });
  it('is not for people to say', () =>
    given(...asked('zoe'))
      .when(whenTold(), { ...optedIn, actor: zoe })
      .refuses('system side'));
});
