import type { ActionFact, ActionRecordAllowance } from '#contracts';
import { MINUTE_MS, STANDARD_GUARDS } from '#libs/terms';
import {
  approved,
  asked,
  askedWho,
  at,
  found,
  identified,
  proposed,
  recordIdentity,
} from '../../../test/samples/action.js';
import { given, typesOf, under } from '../../../test/samples/given.js';

const counted = (mode: 'AUTHORIZE' | 'COLLABORATE' = 'AUTHORIZE') => under(mode, { guards: STANDARD_GUARDS });
const resolving = [proposed, askedWho()];
const requested: ActionFact = {
  type: 'action.allowance-requested',
  actionId: 'a1',
  caseId: 'c1',
  asking: 1,
  host: 'defender/m1',
  at,
};
const told = (granted: boolean): ActionRecordAllowance => ({
  type: 'action.record-allowance',
  actionId: 'a1',
  asking: 1,
  granted,
  hosts: 10,
  limit: 10,
  hours: 1,
});
const waiting = [...resolving, identified(), requested];

describe('a host that the policy lets be cut off without a person', () => {
  it('is counted first', () =>
    given(...resolving)
      .when(recordIdentity(), counted())
      .thenLike({ type: 'action.identified', ...found }, { type: 'action.allowance-requested', host: 'defender/m1' }));
  it('is cut off by the very commit that says that it is among those let', () =>
    given(...waiting)
      .when(told(true), counted())
      .thenLike(
        { type: 'action.allowance-told', granted: true },
        { type: 'action.decided', decision: 'EXECUTE' },
        { type: 'action.started', ...found },
      ));
  it('is asked about where as many were as are let, by the name of the guard', () =>
    given(...waiting)
      .when(told(false), counted())
      .thenLike(
        { type: 'action.allowance-told', granted: false },
        {
          type: 'action.decided',
          decision: 'ASK',
          rule: 'guard:rate',
          because:
            "Policy version 3, the tenant's mode, guarded: 10 other hosts were acted on without a person in 1 h, and 10 are let, so the customer is asked first (isolate-host on host:web01).",
        },
        { type: 'action.approval-requested' },
      ));
  it('is not cut off since nobody answered, then', () => {
    const withheld = given(...waiting)
      .when(told(false), under('AUTHORIZE', { guards: STANDARD_GUARDS }))
      .facts();
    given(...waiting, ...withheld)
      .when({ type: 'action.execute', actionId: 'a1' }, { ...counted(), now: at + 20 * MINUTE_MS })
      .then();
  });
  it('is not counted where the customer agreed, nor where it is asked anyway', () => {
    given(...resolving, identified(), asked, approved, askedWho(2))
      .when(recordIdentity({ asking: 2 }), counted('COLLABORATE'))
      .thenLike(
        { type: 'action.identified' },
        { type: 'action.decided', decision: 'EXECUTE' },
        { type: 'action.started' },
      );
    expect(
      typesOf(
        given(...resolving)
          .when(recordIdentity(), counted('COLLABORATE'))
          .facts(),
      ),
    ).not.toContain('action.allowance-requested');
  });
  it('waits for that answer alone, once, and for no other', () => {
    given(...waiting)
      .when(recordIdentity(), counted())
      .then();
    given(...waiting)
      .when({ ...told(true), asking: 2 }, counted())
      .then();
    given(...resolving, identified())
      .when(told(true), counted())
      .then();
  });
  it('is looked up again where the answer came late', () =>
    given(...waiting)
      .when(told(true), { ...counted(), now: at + 60 * MINUTE_MS })
      .thenLike({ type: 'action.allowance-told' }, { type: 'action.identity-requested', asking: 2 }));
  it('is counted again then, as others were since', () => {
    const late = given(...waiting)
      .when(told(true), { ...counted(), now: at + 60 * MINUTE_MS })
      .facts();
    const now = at + 60 * MINUTE_MS;
    given(...waiting, ...late)
      .when(recordIdentity({ asking: 2, at: now }), { ...counted(), now })
      .thenLike({ type: 'action.identified' }, { type: 'action.allowance-requested', asking: 2, host: 'defender/m1' });
  });
  it('is asked about, not counted, where it was too many already', () => {
    const now = at + 60 * MINUTE_MS;
    const late = given(...waiting)
      .when(told(false), { ...counted(), now })
      .facts();
    given(...waiting, ...late)
      .when(recordIdentity({ asking: 2, at: now }), { ...counted(), now })
      .thenLike(
        { type: 'action.identified' },
        { type: 'action.decided', decision: 'ASK', rule: 'guard:rate' },
        { type: 'action.approval-requested' },
      );
  });
  it('is left alone where it was excluded meanwhile', () =>
    expect(
      typesOf(
        given(...waiting)
          .when(told(true), under('AUTHORIZE', { exclusions: [{ entity: 'host:web01', reason: 'never' }] }))
          .facts(),
      ),
    ).toEqual(['action.allowance-told', 'action.decided', 'action.skipped']));
});
