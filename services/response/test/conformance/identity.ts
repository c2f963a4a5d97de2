import type { ActionTarget } from '#contracts';
import { hushed } from './case.js';
import type { ConformanceSubject, ConnectorRig, ConnectorRigOptions } from './rig.js';
import type { ConnectorAction } from '../../src/connectors/connector.js';
import { identifyTarget, type IdentifyResult } from '../../src/session/identify.js';

/** What every connector must do when it is asked who a target is: registers jest tests. Nothing of it may act. */
export const identifyBehaviour = (
  rig: (options?: ConnectorRigOptions) => Promise<ConnectorRig>,
  action: ConnectorAction,
  { target }: ConformanceSubject,
): void => {
  const ask: Asking['ask'] = ({ session }, id = target.id) =>
    identifyTarget(session, action.actionClass, { ...target, id });
  namesBehaviour({ rig, ask, action, target });
  refusalBehaviour({ rig, ask, action, target });
};

interface Asking {
  rig(options?: ConnectorRigOptions): Promise<ConnectorRig>;
  ask(given: ConnectorRig, id?: string): Promise<IdentifyResult>;
  action: ConnectorAction;
  target: ActionTarget;
}

const namesBehaviour = ({ rig, ask, action: { targetKind }, target }: Asking): void => {
  it("is told with the vendor's id and every name, and nothing is done", async () => {
    const given = await rig();
    const found = await ask(given);
    expect(found).toMatchObject({
      outcome: 'FOUND',
      vendorId: expect.stringMatching(/./),
      name: expect.stringMatching(/./),
    });
    expect(found.names).toEqual(expect.arrayContaining([found.vendorId, found.name]));
    expect(given.effects()).toEqual([]);
  });
  it("is the same under the vendor's id, in capitals, and with white space around it", async () => {
    const given = await rig();
    const { vendorId, names } = await ask(given);
    for (const id of [vendorId, target.id.toUpperCase(), target.id.toLowerCase(), ` ${target.id} `])
      expect(await ask(given, id)).toMatchObject({ outcome: 'FOUND', vendorId, names });
  });
  it.each(['nobody-knows-me', 'me', 'self', '00u0000000000000000', '0'.repeat(40)])(
    'is nobody under <%s>, unless somebody is called so',
    async (id) => {
      const given = await rig({ adopt: false });
      expect(await ask(given, id)).toMatchObject({ outcome: 'NOT_FOUND', vendorId: '', names: [] });
      expect(given.effects()).toEqual([]);
    },
  );
  it.each(["x' or 1 eq 1 or '", 'a b', '../../machines', '', '.', '..', '*', '%', 'a/b', 'a%2fb', 'a?b', 'a#b'])(
    'is not asked for under <%s>',
    async (id) => {
      const given = await rig();
      const before = given.standin.callLog();
      expect(await ask(given, id)).toMatchObject({ outcome: 'UNSUPPORTED', vendorId: '' });
      expect(given.standin.callLog()).toEqual(before);
    },
  );
  if (targetKind === 'HOST')
    it.each(['10.0.0.7', '127.1', '1', 'fe80::1'])('is nobody at the address %s: it is given to others', async (id) =>
      expect(await ask(await rig(), id)).toMatchObject({ outcome: 'UNSUPPORTED', vendorId: '' }),
    );
};

const refusalBehaviour = ({ rig, ask, action: { actionClass, targetKind }, target }: Asking): void => {
  it('is not believed to be another whom the vendor answers with', async () => {
    const given = await rig({
      tamper: (http) => async (request) => {
        const answer = await http(request);
        return request.method === 'GET'
          ? {
              ...answer,
              text: answer.text.replaceAll(/"(computerDnsName|login)":"[^"]*"/g, '"$1":"somebody.else.example"'),
            }
          : answer;
      },
    });
    expect(await ask(given)).toMatchObject({ outcome: 'NOT_FOUND' });
  });
  it('is asked again later when the vendor is away, holds us off, or makes no sense', async () => {
    const given = await rig();
    given.standin.misbehave('rate-limit', { times: 10_000 });
    expect(await ask(given)).toMatchObject({ outcome: 'UNAVAILABLE', detail: expect.stringContaining('rate limit') });
    await given.standin.stop();
    expect(await ask(given)).toMatchObject({ outcome: 'UNAVAILABLE' });
    const garbage = await rig({
      tamper: (http) => async (request) => ({
        ...(await http(request)),
        ...(request.method === 'GET' ? { text: '<html>' } : {}),
      }),
    });
    expect(await ask(garbage)).toMatchObject({ outcome: 'UNAVAILABLE' });
  });
  it('is refused with a wrong credential, without showing it', async () => {
    const secret = hushed({ targetKind });
    const told = await ask(await rig({ secret }));
    expect(told.outcome).toBe('REFUSED');
    expect(JSON.stringify(told)).not.toContain('HUSH');
  });
  it('is not asked for as another kind', async () => {
    const { session } = await rig();
    expect(
      await identifyTarget(session, actionClass, { ...target, kind: targetKind === 'HOST' ? 'USER' : 'HOST' }),
    ).toMatchObject({ outcome: 'UNSUPPORTED' });
  });
};
