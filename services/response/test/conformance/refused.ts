import { runAction } from '../../src/session/run.js';
import { hushed, once, type ConformanceCase } from './case.js';

/** What no connector does, whatever it is told: registers jest tests. */
export const refusedBehaviour = (one: ConformanceCase): void => {
  nobodyBehaviour(one);
  strictBehaviour(one);
};

const nobodyBehaviour = ({ rig, targetIn, run, action }: ConformanceCase): void => {
  it('refuses a wrong credential without showing it', async () => {
    const secret = hushed(action);
    const given = await rig({ secret });
    const result = await run(given);
    expect(result).toMatchObject({ outcome: 'FAILED' });
    expect(JSON.stringify(result)).not.toContain('HUSH');
    expect(given.effects()).toEqual([]);
  });
  it.each(['nobodyknowsthisid', "x' or 1 eq 1 or '", 'a b', '../../machines', '', '..'])(
    'acts on nobody under the id <%s>',
    async (vendorId) => {
      const given = await rig();
      expect(
        (await runAction(given.session, action.actionClass, { ...targetIn(given), vendorId }, { idempotencyKey: 'k' }))
          .outcome,
      ).toMatch(/UNSUPPORTED|FAILED/);
      expect(given.effects()).toEqual([]);
    },
  );
  it("acts under the vendor's id alone, never under a name", async () => {
    const given = await rig();
    const { vendorId, name } = targetIn(given);
    await runAction(given.session, action.actionClass, { ...targetIn(given), vendorId: name }, { idempotencyKey: 'k' });
    expect(given.effects()).toEqual([]);
    await run(given);
    const acted = given.standin
      .callLog()
      .filter(({ effect }) => effect)
      .map(({ path }) => decodeURIComponent(path));
    expect(acted.every((path) => path.includes(vendorId) && !path.includes(name))).toBe(true);
    once(given.effects());
  });
};

const strictBehaviour = ({ rig, targetIn, run, action }: ConformanceCase): void => {
  it('does not act on another kind of target', async () => {
    const given = await rig();
    const before = given.standin.callLog();
    const kind = action.targetKind === 'HOST' ? 'USER' : 'HOST';
    expect(
      await runAction(given.session, action.actionClass, { ...targetIn(given), kind }, { idempotencyKey: 'k' }),
    ).toMatchObject({ outcome: 'UNSUPPORTED' });
    expect(given.standin.callLog()).toEqual(before);
  });
  it('follows no redirect', async () => {
    const given = await rig({
      tamper: (http, _, endpoint) => async (request) =>
        endpoint?.acts ? { status: 307, headers: { location: 'http://169.254.169.254/' }, text: '' } : http(request),
    });
    expect(await run(given)).toMatchObject({ outcome: 'FAILED', detail: expect.stringContaining('redirected') });
    expect(given.effects()).toEqual([]);
  });
};
