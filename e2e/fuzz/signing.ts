import type { CaseAddNote } from '#contracts';
import { fromRecord } from '#libs/events';
import { openKeys, signedRecord, type Keys, type UnsignedRequest } from '#libs/service';
import { newKeyPair, type SigningKeyPair } from '../../cli/src/index.js';

/** Everything that fuzzing knows of how requests are signed: one good token, and how a service looks at any. */
export interface Signing {
  good: string;
  verify(token: string | undefined): Promise<unknown>;
}

/** A request that somebody of the provider signs through the gateway; cases looks at it. */
export const openSigning = async (): Promise<Signing> => {
  const [gateway, cases] = [await newKeyPair('gateway'), await newKeyPair('cases')];
  const TRUSTED_KEYS = { keys: [gateway.public, cases.public] };
  const keysOf = (SERVICE_SIGNING_KEY: SigningKeyPair['secret']): Promise<Keys> =>
    openKeys({ SERVICE_SIGNING_KEY, TRUSTED_KEYS } as Parameters<typeof openKeys>[0]);
  const [signer, reader] = [await keysOf(gateway.secret), await keysOf(cases.secret)];
  const request: CaseAddNote = { type: 'case.add-note', caseId: 'c', text: 'x' };
  const now = Date.now();
  const unsigned: UnsignedRequest = {
    envelope: { id: 'r1', source: 'gateway', time: now, tenant: 'acme' },
    request,
    actor: { subject: 'ada', side: 'PROVIDER' },
    roles: ['ANALYST'],
    expiresAt: now + 60_000,
    basedOn: 1,
  };
  const record = await signedRecord(signer, unsigned);
  const { envelope, request: headers } = fromRecord({ ...record, partition: 0, offset: '0', timestamp: now });
  return {
    good: headers?.actor ?? '',
    verify: (actor) => reader.verify({ envelope, request: { ...headers, actor }, value: record.value, now }),
  };
};
