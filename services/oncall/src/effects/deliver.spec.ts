import type { Contact } from '#contracts';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import { contactOf, dueTo, tenantWith, THEN } from '../../test/samples.js';
import { deliver } from './deliver.js';

const carol = contactOf('carol', { callWindow: '10:00-18:00' });
const due = dueTo(carol);
const performed = async (now: number, contacts: Contact[], active = true) => {
  const sent: string[] = [];
  const effect = deliver({
    mail: ({ to }) => {
      sent.push(to);
      return Promise.resolve({ outcome: 'ACCEPTED', said: '250 ok' });
    },
    hook: () => Promise.resolve({ outcome: 'ACCEPTED', said: '200 OK' }),
    now: () => now,
  });
  const asked = await effect.perform(heard(due), { ...tenantWith('acme', contacts), active }, { resumed: false });
  return { sent, request: asked[0]?.request };
};

describe('what is due', () => {
  it('goes out, and what came of it is said', async () =>
    expect(await performed(THEN + MINUTE_MS, [carol])).toMatchObject({
      sent: ['takes@carol.example'],
      request: { outcome: 'ACCEPTED' },
    }));
  it.each<[string, number, Contact[], boolean]>([
    ['is two hours old', THEN + 2 * HOUR_MS, [carol], true],
    ['was for a window that is shut', THEN + MINUTE_MS, [{ ...carol, callWindow: '08:00-10:00' }], true],
    ['was for who is no contact any more', THEN + MINUTE_MS, [contactOf('dan')], true],
    ['was for a tenant that is served no more', THEN + MINUTE_MS, [carol], false],
  ])('does not go out when it %s, which is said', async (_what, now, contacts, active) =>
    expect(await performed(now, contacts, active)).toMatchObject({
      sent: [],
      request: { outcome: 'NOT_MADE', said: expect.stringContaining('not sent') },
    }),
  );
});
