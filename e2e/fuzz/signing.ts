import { encode } from '#libs/events';
import { openKeys, type Keys } from '#libs/service';
import { newKeyPair } from '../../tools/vigie/src/keys.js';

/** Everything that fuzzing knows of how requests are signed: one good token, and how a service looks at any. */
export interface Signing {
  good: string;
  /** Key ids that are trusted, and one that is not. */
  kids: string[];
  verify(token: string | undefined): Promise<unknown>;
}

/** A request that somebody of the provider signs through the gateway; cases looks at it. */
export const openSigning = async (): Promise<Signing> => {
  const [gateway, cases] = [await newKeyPair('gateway'), await newKeyPair('cases')];
  const TRUSTED_KEYS = { keys: [gateway.public, cases.public] };
  const keysOf = (secret: unknown): Promise<Keys> => openKeys({ SERVICE_SIGNING_KEY: secret, TRUSTED_KEYS } as unknown as Parameters<typeof openKeys>[0]);
  const [signer, reader] = [await keysOf(gateway.secret), await keysOf(cases.secret)];
  const value = encode({ type: 'case.add-note', caseId: 'c', text: 'x' } as never);
  const asked = { tenant: 'acme', requestId: 'r1', type: 'case.add-note', expiresAt: Date.now() + 60_000, basedOn: 1, value };
  const { value: _value, ...claim } = asked;
  return {
    good: await signer.sign({ ...claim, actor: { subject: 'ada', side: 'PROVIDER' }, roles: ['ANALYST'] }),
    kids: ['gateway', 'cases', 'stranger', '__proto__', ''],
    verify: (token) => reader.verify(token, asked),
  };
};
