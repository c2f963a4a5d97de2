import type { PullConfigure, PullFact } from '#contracts';
import { scenario, testContext } from '#libs/testing';
import { tenantState } from '../../../test/tenant-state.js';
import { pullStream } from './decider.js';

const { now: at, actor: by } = testContext;
const settings = { vendor: 'okta', baseUrl: 'https://acme.okta.com', account: '', secretRef: 'log', include: [] };
const context = { settings: tenantState('acme', ['okta', 'OKTA'], ['edr', 'WINDOWS']) };
const asked: PullConfigure = { type: 'pull.configure', source: 'okta', settings, since: null };
const configured: PullFact = { type: 'pull.configured', source: 'okta', settings, since: null, by, at };
const begun: PullFact = { type: 'pull.begun', source: 'okta', run: 7, at };
const step = { source: 'okta', run: 7, cursor: '{}', events: 3, bytes: 9, reachedAt: null };
const advanced: PullFact = { ...step, type: 'pull.advanced', at };
const failed: PullFact = { type: 'pull.failed', source: 'okta', code: 'FORBIDDEN', sentence: 'no', since: at, at };
const given = scenario(pullStream).given;

describe('the pulling of a source', () => {
  it('is configured for a source that reads the vendor', () => {
    given().when(asked, context).then(configured);
    given()
      .when({ ...asked, source: 'none' }, context)
      .refuses('no source of this tenant');
    given()
      .when({ ...asked, source: 'edr' }, context)
      .refuses('is read by OKTA');
  });

  it.each<[string, Partial<typeof settings>, string]>([
    ['an unknown vendor', { vendor: 'x' }, 'nothing is pulled from x'],
    ['no address', { baseUrl: 'ftp://x' }, 'no URL'],
    ['an address with a password', { baseUrl: 'https://u:p@x.example' }, 'more to it'],
    ['an account where none is needed', { account: 'x' }, 'left out'],
    ['a secret instead of its name', { secretRef: '00abc=' }, 'no name'],
    ['what cannot be included', { include: ['x'] } as object, 'left out'],
  ])('is refused with %s', (_name, wrong, sentence) =>
    given()
      .when({ ...asked, settings: { ...settings, ...wrong } }, context)
      .refuses(sentence),
  );

  it('is refused with a time that lies ahead, or years ago', () => {
    given()
      .when({ ...asked, since: at + 1 }, context)
      .refuses('within the last 400 days');
    given()
      .when({ ...asked, since: 0 }, context)
      .refuses('within the last 400 days');
  });

  it('is removed with its source, where anything is pulled of it', () => {
    const service = { ...context, roles: ['SERVICE'] };
    given().when({ type: 'pull.remove', source: 'okta' }, service).then();
    given().when({ type: 'pull.remove', source: 'okta' }, context).refuses('is not pulled');
  });

  it('goes on for who began last, and for nobody else', () => {
    given(configured).when({ type: 'pull.begin', source: 'okta', run: 7 }).then(begun);
    given(configured, begun).when({ type: 'pull.begin', source: 'okta', run: 7 }).refuses('another instance');
    given(configured, begun)
      .when({ ...step, type: 'pull.advance' })
      .then(advanced);
    given(configured, begun)
      .when({ ...step, run: 6, type: 'pull.advance' })
      .refuses('another instance');
    given(configured, begun, configured)
      .when({ ...step, type: 'pull.advance' })
      .refuses('configured anew');
  });

  it('fails once for a reason, and is over once', () => {
    const failure = { type: 'pull.record-failure' as const, source: 'okta', run: 7, code: 'FORBIDDEN', sentence: 'no' };
    given(configured, begun).when(failure).then(failed);
    given(configured, begun, failed).when(failure).then();
    given(configured, begun, failed)
      .when({ ...failure, code: 'NO_ANSWER' }, { now: at + 5 })
      .then({ ...failed, code: 'NO_ANSWER', at: at + 5 } as PullFact);
    const recovery = { type: 'pull.record-recovery' as const, source: 'okta', run: 7 };
    given(configured, begun, failed).when(recovery).then({ type: 'pull.recovered', source: 'okta', since: at, at });
    given(configured, begun).when(recovery).then();
  });

  it('keeps its cursor for another secret, and begins anew elsewhere or from another time', () => {
    const fold = (...facts: PullFact[]) => facts.reduce(pullStream.evolve, pullStream.initial());
    const again = (other: Partial<typeof settings>, since: number | null = null): PullFact => ({
      ...{ type: 'pull.configured', source: 'okta', by, at },
      ...{ settings: { ...settings, ...other }, since },
    });
    expect(fold(configured, begun, advanced, again({ secretRef: 'other' }))).toMatchObject({ cursor: '{}', run: 0 });
    expect(fold(configured, begun, advanced, again({ baseUrl: 'https://b.example' }))).toMatchObject({ cursor: null });
    expect(fold(configured, begun, advanced, again({}, 5))).toMatchObject({ cursor: null, since: 5 });
  });

  it('ends, and says what was in the way', () => {
    const removed: PullFact = { type: 'pull.removed', source: 'okta', failingSince: at, by, at };
    given(configured, failed).when({ type: 'pull.remove', source: 'okta' }).then(removed);
    given(configured, removed).when({ type: 'pull.remove', source: 'okta' }).refuses('is not pulled');
  });
});
