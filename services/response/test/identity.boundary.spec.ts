import type {
  ActionFinished,
  ActionGuided,
  ActionIdentified,
  ActionIdentityRequested,
  ActionSkipped,
  ActionStarted,
  ActionVerified,
} from '#contracts';
import { CEO, NOWHERE, startResponse, type ResponseService } from './response-service.js';
import { caseWith } from './samples/case.js';

let service: ResponseService;

beforeAll(async () => {
  service = await startResponse(['acts', 'guides', 'guards', 'cut-off', 'bare']);
  await service.bring({
    acts: { mode: 'AUTHORIZE' },
    guides: { mode: 'NOTIFY' },
    guards: { mode: 'AUTHORIZE', policy: { exclusions: [{ entity: `user:${CEO}`, reason: 'the board decides' }] } },
    'cut-off': {
      mode: 'AUTHORIZE',
      settings: { connectors: [{ vendor: 'okta', baseUrl: NOWHERE, secretRef: 'idp', account: 'acme' }] },
    },
    bare: { mode: 'AUTHORIZE', settings: { connectors: [] } },
  });
});

afterAll(() => service?.stop());

describe('who the target is', () => {
  const effects = () => service.idp.callLog().flatMap(({ effect }) => effect ?? []);

  it('is kept with what was started: the id alone is acted on', async () => {
    const actionId = await service.suspend('acts', 'bo');
    const started = await service.told<ActionStarted>('action.started', 'acts', actionId);
    const { vendorId, names } = await service.told<ActionIdentified>('action.identified', 'acts', actionId);
    expect(names).toEqual([vendorId, 'bo@acme.example', 'bo']);
    expect(started).toMatchObject({ vendor: 'okta', vendorId });
    await service.told<ActionVerified>('action.verified', 'acts', actionId);
    expect(
      service.idp
        .callLog()
        .filter(({ effect }) => effect)
        .every(({ path }) => path.includes(vendorId)),
    ).toBe(true);
  });

  it('is found out under every name, and left alone where it is excluded', async () => {
    const ceo = (await (
      await fetch(`${service.idp.url}/api/v1/users/${CEO}`, {
        headers: { authorization: `SSWS ${service.idp.secret}` },
      })
    ).json()) as { id: string };
    const before = effects();
    for (const name of [ceo.id, 'ACME\\ceo']) {
      const skipped = await service.told<ActionSkipped>(
        'action.skipped',
        'guards',
        await service.suspend('guards', name),
      );
      expect(skipped.because).toContain('the board decides');
    }
    expect(
      effects()
        .slice(before.length)
        .filter((effect) => effect.includes(CEO)),
    ).toEqual([]);
  });

  it('is nobody under a special word, and nothing was sent', async () => {
    const finished = await service.told<ActionFinished>(
      'action.finished',
      'guards',
      await service.suspend('guards', 'me'),
    );
    expect(finished).toMatchObject({ outcome: 'FAILED', detail: expect.stringContaining('nothing was sent') });
    expect(effects().join()).not.toContain('vigie-service');
  });

  it('is not asked for where the customer acts itself', async () => {
    const calls = service.idp.callLog().length;
    await service.told<ActionGuided>('action.guided', 'guides', await service.suspend('guides', 'ceo'));
    expect(service.idp.callLog()).toHaveLength(calls);
  });

  it('is decided about by the settings of the moment the vendor answers', async () => {
    service.edr.misbehave('slow', { slowMs: 1_500 });
    await service.world.say('guards', caseWith('c6', 'web06'));
    await service.world.until('the question to the vendor', () =>
      service.world
        .heard<ActionIdentityRequested>('action.identity-requested', 'guards')
        .find(({ message }) => message.caseId === 'c6'),
    );
    await service.world.say(
      'guards',
      service.stateOf('guards', {
        mode: 'AUTHORIZE',
        policy: { version: 9, exclusions: [{ entity: 'host:web06', reason: 'since a moment' }] },
        settings: { version: 2 },
      }),
    );
    const skipped = await service.world.until('it to be left alone', () =>
      service.world.heard<ActionSkipped>('action.skipped', 'guards').find(({ message }) => message.caseId === 'c6'),
    );
    expect(skipped.message.because).toContain('since a moment');
    service.edr.misbehave('honest');
    expect(service.isolations('web06')).toBe(0);
  });

  it('is asked again of a vendor that is away', async () => {
    const actionId = await service.suspend('cut-off', 'bo');
    const again = await service.world.until('another question', () =>
      service.world
        .heard<ActionIdentityRequested>('action.identity-requested', 'cut-off')
        .find(({ message }) => message.asking === 2),
    );
    expect(again.message.actionId).toBe(actionId);
  });

  it('is asked of nobody where no connector can do it: the customer is told how', async () => {
    const actionId = await service.suspend('bare', 'bo');
    const { steps } = await service.told<ActionGuided>('action.guided', 'bare', actionId);
    expect(steps.length).toBeGreaterThan(1);
    expect(service.world.heard('action.identity-requested', 'bare')).toEqual([]);
  });

  it('is found once, however often it is told', async () => {
    const before = service.world.heard('action.started', 'acts').length;
    await service.world.rewind('response', 'effects');
    await service.world.rewind('response', 'reactions');
    await service.suspend('bare', 'bo');
    expect(service.world.heard('action.started', 'acts')).toHaveLength(before);
  });
});
