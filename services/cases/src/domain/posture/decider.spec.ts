import type { PostureObserve, PostureOpen } from '#contracts';
import { scenario, testContext } from '#libs/testing';
import { postureStream } from './decider.js';

const { now, actor: ada } = testContext;
const service = { subject: 'cases', side: 'SYSTEM' } as const;
const { given } = scenario(postureStream);

const gone = (gapId: string, isPresent = true): PostureObserve => ({
  type: 'posture.observe',
  postureId: 'p1',
  check: 'SOURCE_SILENT',
  subject: 'edr',
  title: 'Telemetry source edr is silent',
  severity: 'HIGH',
  gapId,
  isPresent,
  since: 1_000,
  figures: [],
});
const { check, subject, title, severity } = gone('g1');
const opened = {
  ...{ type: 'posture.opened' as const, postureId: 'p1', check, subject, title, severity },
  ...{ recommendation: '', owner: '', dueAt: null, by: service, at: now },
};
const seen = (gapId: string, isPresent = true) => ({
  ...{ type: 'posture.observed' as const, postureId: 'p1', gapId, isPresent, since: 1_000, figures: [], at: now },
});
const accepted = { type: 'posture.risk-accepted' as const, postureId: 'p1', reason: 'known', by: ada, at: now };
const accept = { type: 'posture.accept-risk' as const, postureId: 'p1', reason: 'known' };
const resolve = { type: 'posture.resolve' as const, postureId: 'p1', reason: 'mended' };
const reopen = { type: 'posture.reopen' as const, postureId: 'p1', reason: 'it matters' };

describe('a posture item of a gap', () => {
  it('opens with the first, and takes in each once', () => {
    given().when(gone('g1'), { actor: service }).then(opened, seen('g1'));
    given(opened, seen('g1')).when(gone('g1')).then();
    given(opened, seen('g1'), seen('g1', false)).when(gone('g2')).then(seen('g2'));
  });
  it('ends by what was observed, and not by hand while it is seen', () => {
    given(opened, seen('g1')).when(gone('g1', false)).then(seen('g1', false));
    given(opened, seen('g1')).when(resolve).refuses('ends by itself');
    given(opened, seen('g1'), seen('g1', false)).when(resolve).then();
    given(opened, seen('g1'), seen('g1', false)).when(reopen).refuses('opens by itself');
  });
  it('ends with all that showed it where the end names none', () => {
    given(opened, seen('g1'), seen('g2')).when(gone('', false)).then(seen('g1', false), seen('g2', false));
  });
  it('is none that was seen before it was seen to be right, whichever is heard first', () => {
    const right = given()
      .when({ ...gone('', false), since: 3_000 })
      .facts();
    expect(right).toMatchObject([{ type: 'posture.observed', gapId: '', isPresent: false, since: 3_000 }]);
    given(...right)
      .when({ ...gone('', false), since: 2_000 })
      .then();
    given(...right)
      .when({ ...gone(''), since: 2_500 })
      .then();
    given(...right)
      .when({ ...gone(''), since: 3_500 })
      .thenLike({ type: 'posture.opened' }, { type: 'posture.observed', isPresent: true });
  });
  it('is not ended by what was right before it began, and is heard after it', () => {
    const lacking = given()
      .when({ ...gone(''), since: 3_000 })
      .facts();
    given(...lacking)
      .when({ ...gone('', false), since: 2_000 })
      .then();
    given(...lacking)
      .when({ ...gone('', false), since: 3_001 })
      .thenLike({ type: 'posture.observed', isPresent: false });
  });
  it('is one gap however often it is seen where what shows it names none, and a new one after it ended', () => {
    const lacking = (since: number) => ({ ...gone(''), since });
    const first = given().when(lacking(1_000)).facts();
    expect(first).toMatchObject([{ type: 'posture.opened' }, { type: 'posture.observed', isPresent: true }]);
    given(...first)
      .when(lacking(2_000))
      .then();
    const over = [
      ...first,
      ...given(...first)
        .when({ ...gone('', false), since: 3_000 })
        .facts(),
    ];
    expect(over).toHaveLength(3);
    given(...over)
      .when(lacking(2_500))
      .then();
    given(...over)
      .when(lacking(4_000))
      .thenLike({ type: 'posture.observed', isPresent: true });
  });
  describe('how grave it is', () => {
    const [medium, high] = [{ ...opened, severity: 'MEDIUM' as const }, gone('g2')];
    const changed = (to: 'HIGH' | 'MEDIUM' | 'LOW', by = service as typeof service | typeof ada) => ({
      ...{ type: 'posture.changed' as const, postureId: 'p1', severity: to, by, at: now },
      ...{ recommendation: '', owner: '', dueAt: null },
    });
    it('follows what is seen when it comes again, and only upwards while it is seen', () => {
      const again = [medium, seen('g1'), seen('g1', false)];
      given(...again)
        .when(high, { actor: service })
        .then(changed('HIGH'), seen('g2'));
      given(medium, seen('g1')).when(gone('g1'), { actor: service }).then(changed('HIGH'));
      given(opened, seen('g1'), seen('g1', false))
        .when({ ...high, severity: 'MEDIUM' }, { actor: service })
        .then(changed('MEDIUM'), seen('g2'));
      given(opened, seen('g1'))
        .when({ ...high, severity: 'MEDIUM' })
        .then(seen('g2'));
    });
    it('is what somebody judged it to be, until something graver than both is seen', () => {
      const judged = [opened, seen('g1'), changed('LOW', ada), seen('g1', false)];
      given(...judged)
        .when(high)
        .then(seen('g2'));
      given(medium, seen('g1'), changed('LOW', ada), seen('g1', false))
        .when(high, { actor: service })
        .then(changed('HIGH'), seen('g2'));
      given(opened, seen('g1'), changed('HIGH', ada), seen('g1', false)).when(high).then(seen('g2'));
    });
  });
  it('stays ended when its beginning is heard after its end', () =>
    given(opened, seen('g1', false)).when(gone('g1')).then());
  it('holds a risk that the customer accepted, until it is to be mended after all', () => {
    given(opened, seen('g1')).when(accept).then(accepted);
    given(opened, seen('g1'), accepted).when(accept).then();
    given(opened, seen('g1'), accepted, seen('g1', false), seen('g2')).when(accept).then(accepted);
    given(opened, seen('g1'), seen('g1', false)).when(accept).refuses('no risk');
    given(opened, seen('g1'), accepted)
      .when(reopen)
      .thenLike({ type: 'posture.reopened', reason: 'it matters', by: ada });
    given(opened, seen('g1'), accepted)
      .when({ ...accept, reason: ' ' })
      .then();
    given(opened, seen('g1'))
      .when({ ...accept, reason: ' ' })
      .refuses('a reason is needed');
  });
});

describe('a posture item of a person', () => {
  const asked: PostureOpen = {
    ...{ type: 'posture.open', postureId: 'p2', subject: 'dc01', title: ' SMB signing is off ', severity: 'MEDIUM' },
    ...{ recommendation: 'Switch it on.', owner: 'IT', dueAt: 5_000 },
  };
  const [byHand] = given().when(asked).facts();
  it('opens once, with its owner and its time', () => {
    given()
      .when(asked)
      .thenLike({ type: 'posture.opened', check: 'MANUAL', title: 'SMB signing is off', owner: 'IT', dueAt: 5_000 });
    given(byHand!).when(asked).then();
    given()
      .when({ ...asked, title: ' ' })
      .refuses('a title is needed');
  });
  it('changes, is resolved and opened again by hand', () => {
    const { type: _type, subject: _subject, title: _title, ...what } = asked;
    given(byHand!)
      .when({ type: 'posture.change', ...what })
      .then();
    given(byHand!)
      .when({ type: 'posture.change', ...what, owner: 'grace' })
      .thenLike({ type: 'posture.changed', owner: 'grace', dueAt: 5_000 });
    const done = given(byHand!)
      .when({ ...resolve, postureId: 'p2' })
      .facts();
    expect(done).toMatchObject([{ type: 'posture.resolved', reason: 'mended' }]);
    given(byHand!, ...done)
      .when({ ...reopen, postureId: 'p2' })
      .thenLike({ type: 'posture.reopened' });
    given().when(resolve).refuses('no such posture item');
  });
});
