import { readDeadLetter, toRecord } from '#libs/events';
import { idOf, type Envelope } from '#libs/model';
import type { GrantGive, RequestAnswered } from '#contracts';
import { OPERATOR } from '#libs/terms';
import type { World } from '#libs/testing';
import type { Attack, AttackVerdict } from './attack.js';

const grant: GrantGive = { type: 'grant.give', subject: 'mallory@provider', role: 'OPERATOR_ADMIN', tenants: ['*'] };

/** Whoever may write the topic of requests writes one that nobody has signed. */
const put = async (world: World): Promise<AttackVerdict> => {
  const id = idOf('unsigned', process.pid, Date.now());
  const envelope: Envelope = {
    id,
    type: grant.type,
    source: 'gateway',
    subject: grant.type,
    time: Date.now(),
    tenant: OPERATOR,
  };
  await world.publisher.send([toRecord(envelope, grant, { expiresAt: Date.now() + 60_000 })]);
  const answered = (): boolean =>
    world.heard<RequestAnswered>('request.answered', OPERATOR).some(({ message }) => message.requestId === id);
  const setAside = (): boolean =>
    world.deadLetters('tenants').some((record) => readDeadLetter(record).original.headers['ce_id'] === id);
  return world.until(
    'the request to be answered or set aside',
    () => (answered() && 'succeeded') || (setAside() && 'refused'),
    30_000,
  );
};

/** A grant over everybody, asked for by nobody. */
export const unsignedRequest: Attack = {
  name: 'unsigned-request',
  line: 1,
  control: async ({ world }) =>
    (await (await world('tenants')).ask(OPERATOR, { ...grant, subject: 'grace@provider' } as GrantGive)).outcome ===
    'DONE',
  attack: async ({ world }) => put(await world('tenants')),
  mutation: {
    file: 'libs/service/src/keys.ts',
    find: "if (!jws) throw new Unreadable('UNSIGNED', 'the request names no signed actor');",
    replace:
      "if (!jws) return { type: presented.envelope.type, tenant: presented.envelope.tenant, actor: { subject: 'nobody', side: 'PROVIDER' }, roles: ['OPERATOR_ADMIN@*'], requestId: presented.envelope.id, expiresAt: Date.now() + 60_000, sha256: '' };",
  },
};
