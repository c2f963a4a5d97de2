import { LOOK_AFTER_MS, once, type ConformanceCase } from './case.js';

/** What is known of an action whose answer is missing: registers jest tests. */
export const unansweredBehaviour = (one: ConformanceCase): void => {
  lostAnswerBehaviour(one);
  brokenOffBehaviour(one);
};

const lostAnswerBehaviour = ({ rig, run, verify, reconcile }: ConformanceCase): void => {
  it.each([
    ['an error', false],
    ['a broken connection', true],
  ])('is unknown after %s, then found by asking: one effect', async (_, reset) => {
    const given = await rig();
    given.standin.misbehave('act-then-fail', { reset, times: 1 });
    expect(await run(given)).toMatchObject({ outcome: 'OUTCOME_UNKNOWN' });
    // Known as this action's own, so that its time ends it.
    expect(await reconcile(given)).toMatchObject({
      outcome: 'SUCCEEDED',
      mayRepeat: false,
      vendorRef: expect.stringMatching(/./),
    });
    expect(await run(given, { resumed: true })).toMatchObject({ outcome: 'SUCCEEDED' });
    await given.clock.sleep(LOOK_AFTER_MS);
    expect(await verify(given)).toMatchObject({ effective: true });
    once(given.effects());
  });
  it('is unknown when the vendor hangs, then found undone', async () => {
    const given = await rig({ timeoutMs: 400 });
    given.standin.misbehave('hang', { times: 1 });
    expect(await run(given)).toMatchObject({
      outcome: 'OUTCOME_UNKNOWN',
      detail: expect.stringContaining('no answer'),
    });
    expect(await reconcile(given)).toMatchObject({ outcome: 'FAILED', mayRepeat: true });
    expect(await run(given, { resumed: true })).toMatchObject({ outcome: 'SUCCEEDED' });
    once(given.effects());
  });
};

const brokenOffBehaviour = ({ rig, run, verify, reconcile }: ConformanceCase): void => {
  it('is unknown when we die between call and answer, then found: one effect', async () => {
    const death = new AbortController();
    const given = await rig({
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
    const given = await rig({
      tamper: (http, _, endpoint) => async (request) => ({
        ...(await http(request)),
        ...(endpoint?.acts ? { text: '<html>' } : {}),
      }),
    });
    expect(await run(given)).toMatchObject({ outcome: 'OUTCOME_UNKNOWN' });
  });
  it('is FAILED when the vendor is away at first, unknown when an attempt went before', async () => {
    const given = await rig();
    await given.standin.stop();
    expect(await run(given)).toMatchObject({ outcome: 'FAILED' });
    expect(await run(given, { resumed: true })).toMatchObject({ outcome: 'OUTCOME_UNKNOWN' });
    expect(await reconcile(given)).toMatchObject({ outcome: 'OUTCOME_UNKNOWN', mayRepeat: false });
    expect(await verify(given)).toMatchObject({ conclusive: false, effective: false });
  });
};

/** Looks again every few milliseconds, for at most five seconds. */
const until = async (condition: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 5_000; !condition() && Date.now() < deadline; )
    await new Promise((resolve) => setTimeout(resolve, 5));
};
