import { ACTION_CLASSES } from '../../src/domain/action/classes.js';
import { identifyBehaviour } from './identity.js';
import { conformsToOrigins } from './origins.js';
import {
  openRig,
  unpublished,
  whoIs,
  type ConformanceSubject,
  type ConnectorRig,
  type ConnectorRigOptions,
} from './rig.js';
import type { ConnectorAction, VendorEndpoint, IdentifiedTarget } from '../../src/connectors/connector.js';
import { reconcileAction, runAction, undoAction, verifyAction, type RunOptions } from '../../src/session/run.js';

/**
 * What every connector must do, against its stand-in: registers jest tests for each action the target's kind allows.
 * Time is virtual, so waiting costs nothing; only `hang` and `slow` take real milliseconds.
 */
export const conformance = (subject: ConformanceSubject): void => {
  const { connector, target } = subject;
  const key: RunOptions = { idempotencyKey: 'action-1' };
  const opened: ConnectorRig[] = [];
  const known = new Map<ConnectorRig, IdentifiedTarget>();
  const world = async (options?: ConnectorRigOptions): Promise<ConnectorRig> => {
    const one = await openRig(subject, options);
    opened.push(one);
    known.set(one, await whoIs(one, target));
    return one;
  };
  const whoIn = (one: ConnectorRig): IdentifiedTarget =>
    known.get(one) ?? { kind: target.kind, vendorId: 'nobody', name: target.id };
  const exchanges: ConnectorRig['exchanges'] = [];
  afterEach(async () => {
    exchanges.push(...opened.flatMap((one) => one.exchanges));
    await Promise.all(opened.splice(0).map((one) => one.stop()));
  });
  const pairs = connector.actions.filter((action) => action.targetKind === target.kind && action.defaultTtlMinutes > 0);

  describe(`${connector.title}: what it says of itself`, () => {
    it.each(connector.actions.map((action) => [action.actionClass, action] as const))(
      '%s follows its class, has an inverse here and a plan',
      (actionClass, action) => {
        expect(action).toMatchObject(
          Object.values(ACTION_CLASSES).find((one) => one.actionClass === actionClass) ?? {},
        );
        expect(connector.actions.find((one) => one.actionClass === action.inverse)?.inverse).toBe(actionClass);
        expect(action.plan(target).join(' ')).toContain(target.id);
      },
    );
    it('tries at least one action below', () => expect(pairs).not.toHaveLength(0));
  });

  describe.each(pairs.map((action) => [action.actionClass, action] as const))(
    `${connector.title}: %s`,
    (actionClass, action) => {
      const run = (given: ConnectorRig, options: Partial<RunOptions> = {}) =>
        runAction(given.session, actionClass, whoIn(given), { ...key, ...options });
      const verify = (given: ConnectorRig, one = actionClass) =>
        verifyAction(given.session, one, whoIn(given), given.clock.now());
      const reconcile = (given: ConnectorRig) => reconcileAction(given.session, actionClass, whoIn(given), key);

      honestBehaviour({ world, whoIn, run, verify, reconcile, action });
      foreignBehaviour({ world, whoIn, run, verify, reconcile, action });
      unansweredBehaviour({ world, whoIn, run, verify, reconcile, action });
      refusedBehaviour({ world, whoIn, run, verify, reconcile, action });
    },
  );

  conformsToOrigins(subject);
  describe.each(pairs.map((action) => [action.actionClass, action] as const))(
    `${connector.title}: who the target of %s is`,
    (_, action) => identifyBehaviour(world, action, subject),
  );

  describe(`${connector.title}: the stand-in`, () => {
    it('answered every published call, and with published properties only', () => {
      const seen = new Set<VendorEndpoint>(
        exchanges.filter(({ status }) => status < 300).map(({ endpoint }) => endpoint),
      );
      expect(
        exchanges.filter(({ status }) => status < 300).flatMap(({ endpoint, body }) => unpublished(endpoint, body)),
      ).toEqual([]);
      expect(
        connector.endpoints
          .filter((endpoint) => endpoint.published.length > 0 && !seen.has(endpoint))
          .map(({ path }) => path),
      ).toEqual([]);
    });
  });
};

interface ConformanceCase {
  /** With the target known to the vendor, unless it is told otherwise. */
  world(options?: ConnectorRigOptions): Promise<ConnectorRig>;
  whoIn(world: ConnectorRig): IdentifiedTarget;
  run(world: ConnectorRig, options?: Partial<RunOptions>): ReturnType<typeof runAction>;
  verify(world: ConnectorRig, actionClass?: string): ReturnType<typeof verifyAction>;
  reconcile(world: ConnectorRig): ReturnType<typeof reconcileAction>;
  action: ConnectorAction;
}

const once = (effects: string[]): void => {
  expect(effects.length).toBeGreaterThan(0);
  expect(new Set(effects).size).toBe(effects.length);
};

const honestBehaviour = ({ world, whoIn, run, verify, action }: ConformanceCase): void => {
  it('is done, is seen, and is undone', async () => {
    const given = await world();
    expect(await verify(given)).toMatchObject({ conclusive: true, effective: false });
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED', vendorRef: expect.stringMatching(/./) });
    expect(await verify(given)).toMatchObject({ effective: true });
    expect(
      await undoAction(given.session, action.actionClass, whoIn(given), {
        idempotencyKey: 'action-1-undo',
        undoes: 'action-1',
      }),
    ).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await verify(given, action.inverse)).toMatchObject({ effective: true });
    expect(await verify(given)).toMatchObject({ effective: false });
  });
  it('is done once, however often it is run', async () => {
    const given = await world();
    await run(given);
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await run(given, { idempotencyKey: 'another' })).toMatchObject({
      outcome: 'SUCCEEDED',
      detail: expect.stringContaining('nothing was sent'),
    });
    once(given.effects());
  });
  it('is not believed when the vendor lies', async () => {
    const given = await world();
    given.standin.misbehave('lie');
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await verify(given)).toMatchObject({ effective: false });
    expect(given.effects()).toEqual([]);
  });
  it('waits for its turn when told 429, and is done once', async () => {
    const given = await world();
    given.standin.misbehave('rate-limit', { times: 4 });
    const before = given.clock.now();
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(given.clock.now() - before).toBeGreaterThanOrEqual(2_000);
    once(given.effects());
  });
  it('does not wait for ever', async () => {
    const given = await world();
    given.standin.misbehave('rate-limit', { times: 10_000 });
    const before = given.clock.now();
    expect(await run(given)).toMatchObject({ outcome: 'FAILED', detail: expect.stringContaining('rate limit') });
    expect(given.clock.now() - before).toBeLessThanOrEqual(120_000);
    expect(given.effects()).toEqual([]);
  });
  it('bears a slow vendor', async () => {
    const given = await world();
    given.standin.misbehave('slow', { slowMs: 20 });
    expect(await run(given)).toMatchObject({ outcome: 'SUCCEEDED' });
  });
};

const foreignBehaviour = ({ world, run, reconcile }: ConformanceCase): void => {
  it('claims nothing that was in force already, so that nobody lifts it', async () => {
    const given = await world();
    await run(given, { idempotencyKey: 'another' });
    expect(await run(given)).toMatchObject({
      outcome: 'SUCCEEDED',
      vendorRef: '',
      detail: expect.stringContaining('in force already'),
    });
    expect(await run(given, { resumed: true })).toMatchObject({ outcome: 'SUCCEEDED', vendorRef: '' });
    expect(await reconcile(given)).toMatchObject({ outcome: 'SUCCEEDED', vendorRef: '' });
  });
};

const unansweredBehaviour = ({ world, run, verify, reconcile }: ConformanceCase): void => {
  it.each([
    ['an error', false],
    ['a broken connection', true],
  ])('is unknown after %s, then found by asking: one effect', async (_, reset) => {
    const given = await world();
    given.standin.misbehave('act-then-fail', { reset, times: 1 });
    expect(await run(given)).toMatchObject({ outcome: 'OUTCOME_UNKNOWN' });
    expect(await reconcile(given)).toMatchObject({ outcome: 'SUCCEEDED', mayRepeat: false });
    expect(await run(given, { resumed: true })).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await verify(given)).toMatchObject({ effective: true });
    once(given.effects());
  });
  it('is unknown when the vendor hangs, then found undone', async () => {
    const given = await world({ timeoutMs: 400 });
    given.standin.misbehave('hang', { times: 1 });
    expect(await run(given)).toMatchObject({
      outcome: 'OUTCOME_UNKNOWN',
      detail: expect.stringContaining('no answer'),
    });
    expect(await reconcile(given)).toMatchObject({ outcome: 'FAILED', mayRepeat: true });
    expect(await run(given, { resumed: true })).toMatchObject({ outcome: 'SUCCEEDED' });
    once(given.effects());
  });
  it('is unknown when we die between call and answer, then found: one effect', async () => {
    const death = new AbortController();
    const given = await world({
      tamper: (http, standin, endpoint) => (request) => {
        if (!endpoint?.acts || death.signal.aborted) return http(request);
        standin.misbehave('slow', { slowMs: 60_000, times: 1 });
        void until(() => standin.callLog().some(({ effect }) => effect)).then(() => death.abort());
        return http(request);
      },
    });
    expect(await run(given, { signal: death.signal })).toMatchObject({ outcome: 'OUTCOME_UNKNOWN' });
    expect(await reconcile(given)).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(await run(given, { resumed: true })).toMatchObject({ outcome: 'SUCCEEDED' });
    once(given.effects());
  });
  it('is unknown when the answer is garbage', async () => {
    const given = await world({
      tamper: (http, _, endpoint) => async (request) => ({
        ...(await http(request)),
        ...(endpoint?.acts ? { text: '<html>' } : {}),
      }),
    });
    expect(await run(given)).toMatchObject({ outcome: 'OUTCOME_UNKNOWN' });
  });
  it('is FAILED when the vendor is away at first, unknown when an attempt went before', async () => {
    const given = await world();
    await given.standin.stop();
    expect(await run(given)).toMatchObject({ outcome: 'FAILED' });
    expect(await run(given, { resumed: true })).toMatchObject({ outcome: 'OUTCOME_UNKNOWN' });
    expect(await reconcile(given)).toMatchObject({ outcome: 'OUTCOME_UNKNOWN', mayRepeat: false });
    expect(await verify(given)).toMatchObject({ conclusive: false, effective: false });
  });
};

const refusedBehaviour = ({ world, whoIn, run, action }: ConformanceCase): void => {
  it('refuses a wrong credential without showing it', async () => {
    const secret = '{"clientId":"vigie-standin","clientSecret":"HUSH-HUSH"}'.replace(
      /"/g,
      action.targetKind === 'USER' ? '_' : '"',
    );
    const given = await world({ secret });
    const result = await run(given);
    expect(result).toMatchObject({ outcome: 'FAILED' });
    expect(JSON.stringify(result)).not.toContain('HUSH');
    expect(given.effects()).toEqual([]);
  });
  it.each(['nobodyknowsthisid', "x' or 1 eq 1 or '", 'a b', '../../machines', '', '..'])(
    'acts on nobody under the id <%s>',
    async (vendorId) => {
      const given = await world();
      expect(
        (await runAction(given.session, action.actionClass, { ...whoIn(given), vendorId }, { idempotencyKey: 'k' }))
          .outcome,
      ).toMatch(/UNSUPPORTED|FAILED/);
      expect(given.effects()).toEqual([]);
    },
  );
  it("acts under the vendor's id alone, never under a name", async () => {
    const given = await world();
    const { vendorId, name } = whoIn(given);
    await runAction(given.session, action.actionClass, { ...whoIn(given), vendorId: name }, { idempotencyKey: 'k' });
    expect(given.effects()).toEqual([]);
    await run(given);
    const acted = given.standin
      .callLog()
      .filter(({ effect }) => effect)
      .map(({ path }) => decodeURIComponent(path));
    expect(acted.every((path) => path.includes(vendorId) && !path.includes(name))).toBe(true);
    once(given.effects());
  });
  it('does not act on another kind of target', async () => {
    const given = await world();
    const before = given.standin.callLog();
    const kind = action.targetKind === 'HOST' ? 'USER' : 'HOST';
    expect(
      await runAction(given.session, action.actionClass, { ...whoIn(given), kind }, { idempotencyKey: 'k' }),
    ).toMatchObject({ outcome: 'UNSUPPORTED' });
    expect(given.standin.callLog()).toEqual(before);
  });
  it('follows no redirect', async () => {
    const given = await world({
      tamper: (http, _, endpoint) => async (request) =>
        endpoint?.acts ? { status: 307, headers: { location: 'http://169.254.169.254/' }, text: '' } : http(request),
    });
    expect(await run(given)).toMatchObject({ outcome: 'FAILED', detail: expect.stringContaining('redirected') });
    expect(given.effects()).toEqual([]);
  });
};

/** Looks again every few milliseconds, for at most five seconds. */
const until = async (condition: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 5_000; !condition() && Date.now() < deadline; )
    await new Promise((resolve) => setTimeout(resolve, 5));
};
