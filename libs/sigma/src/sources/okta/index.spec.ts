import { finds, labels } from '../../../test/source-fields.js';

it('Okta is okta/okta, its names in any case', () => {
  expect(labels('okta', { eventType: 'policy.lifecycle.delete' })).toEqual(['okta/okta']);
  expect(
    finds({ product: 'okta', service: 'okta' }, 'securityContext.isProxy', 'true', 'okta', {
      securitycontext: { isProxy: true },
    }),
  ).toBe(true);
  expect(
    finds({ product: 'okta', service: 'okta' }, 'target.alternateId', 'ada', 'okta', {
      Target: [{ alternateid: 'bob' }, { alternateid: 'ada' }],
    }),
  ).toBe(true);
  expect(
    finds({ product: 'okta', service: 'okta' }, 'eventtype', 'policy.lifecycle.delete', 'okta', {
      eventType: 'policy.lifecycle.delete',
    }),
  ).toBe(true);
});
