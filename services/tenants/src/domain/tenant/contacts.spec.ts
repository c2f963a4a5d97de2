import type { Contact, TenantFact, TenantRequest } from '#contracts';
import { after, carol, contact, given, lastState, onboarded, setPolicy } from '../../../test/requests.js';

describe('contacts', () => {
  const set = (...contacts: Contact[]): TenantRequest => ({ type: 'tenant.set-contacts', contacts });
  it('keep their order', () =>
    expect(
      lastState(after(set(contact({ name: 'B' }), contact({ name: 'A' })))).contacts.map(({ name }) => name),
    ).toEqual(['B', 'A']));
  it.each<[Partial<Contact>, string]>([
    [{ name: '' }, 'name of a contact is empty'],
    [{ channel: 'pigeon' }, 'must be mail, phone, webhook, slack, teams, portal'],
    [{ address: '' }, 'cannot be reached by mail'],
    [{ address: 'carol' }, 'mail address of Carol'],
    [{ channel: 'webhook', address: 'https://hooks.acme.example/x' }, 'name under which the secret is kept'],
    [{ channel: 'slack', address: 'https://hooks.slack.com/services/T0/B0/x' }, 'name under which the secret is kept'],
    [{ channel: 'portal', subject: '' }, 'cannot be reached by portal'],
    [{ callWindow: '9-18' }, 'HH:MM-HH:MM'],
  ])('are refused with %j', (wrong, sentence) =>
    given(...onboarded)
      .when(set(contact(wrong)))
      .refuses(sentence),
  );
  describe('whose silence lets something happen', () => {
    const [zoe, bob] = [contact({ name: 'Zoe', subject: 'zoe' }), contact({ name: 'Bob', subject: 'bob' })];
    const zoePhone = { ...zoe, channel: 'phone', address: '+44 20 7946 0000' };
    const known = (unreachableClasses: string[], by = carol): TenantFact[] =>
      [
        set(zoe, zoePhone),
        { ...setPolicy({ escalateIfUnreachableAfterMinutes: 15, unreachableClasses }) } as TenantRequest,
      ].reduce(
        (past, request) => [
          ...past,
          ...given(...past)
            .when(request, { actor: by })
            .facts(),
        ],
        onboarded,
      );
    it.each<[string, Contact[]]>([
      ['are not taken away', []],
      ['are asked first', [bob, zoe]],
      ['keep their address', [{ ...zoe, address: 'z@nowhere.example' }, zoePhone]],
      ['have no namesake before them', [{ ...zoe, address: 'z@nowhere.example' }, zoe, zoePhone]],
      ['keep each way in which they are reached', [zoe, { ...zoe, address: 'z@nowhere.example' }]],
    ])('%s by the provider', (_, contacts) => {
      given(...known(['isolate-host']))
        .when(set(...contacts))
        .refuses('let nothing proceed unanswered first');
      expect(
        given(...known(['isolate-host']))
          .when(set(...contacts), { actor: carol })
          .facts()[0],
      ).toMatchObject({ type: 'tenant.contacts-set' });
      expect(
        given(...known([]))
          .when(set(...contacts))
          .facts()[0],
      ).toMatchObject({ type: 'tenant.contacts-set' });
    });
    it('may get reports elsewhere', () =>
      expect(
        given(...known(['isolate-host']))
          .when(set({ ...zoe, kind: 'REPORT', address: 'reports@acme.example' }, zoe, zoePhone))
          .facts()[0],
      ).toMatchObject({ type: 'tenant.contacts-set' }));
    it('may be joined by others', () =>
      expect(
        given(...known(['isolate-host']))
          .when(set(zoe, zoePhone, bob))
          .facts()[0],
      ).toMatchObject({ type: 'tenant.contacts-set' }));
    it('are those who were there when it was proposed', () => {
      const proposed = [
        ...onboarded,
        ...given(...onboarded)
          .when(set(zoe))
          .facts(),
      ];
      const waiting = [
        ...proposed,
        ...given(...proposed)
          .when(setPolicy({ escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] }))
          .facts(),
      ];
      expect(
        given(...waiting)
          .when(set(bob))
          .facts(),
      ).toMatchObject([
        { type: 'tenant.contacts-set' },
        { type: 'tenant.policy-proposal-ended', how: 'SUPERSEDED' },
        { type: 'tenant.state' },
      ]);
      expect(
        given(...waiting)
          .when(set(zoe, bob))
          .facts(),
      ).toMatchObject([{ type: 'tenant.contacts-set' }, { type: 'tenant.state' }]);
    });
  });
});
