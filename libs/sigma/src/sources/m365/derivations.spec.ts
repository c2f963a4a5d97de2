import type { JsonObject } from '../../types.js';
import { m365 } from './derivations.js';

const forwarding = (value: string, more: JsonObject = {}): JsonObject => ({
  Operation: 'Set-Mailbox',
  UserId: 'ada@example.com',
  OrganizationName: 'example.onmicrosoft.com',
  Parameters: [
    { Name: 'Identity', Value: 'ada' },
    { Name: 'ForwardingSmtpAddress', Value: value },
  ],
  ...more,
});

it.each([
  ['smtp:eve@example.net', 'outside'],
  ['smtp:bob@example.com', 'inside'],
  ['smtp:bob@mail.EXAMPLE.com', 'inside'],
  ['smtp:bob@example.onmicrosoft.com', 'inside'],
  ['smtp:bob@notexample.com', 'outside'],
  ['bob@example.com;eve@example.net', 'outside'],
  ['', undefined],
  ['bob', undefined],
])('mail forwarded to %p goes %s', (value, expected) =>
  expect(m365(forwarding(value)).fields.ForwardsTo).toBe(expected),
);

it('reads what exports wrap and forwarders spell otherwise', () => {
  expect(m365({ AuditData: JSON.stringify(forwarding('eve@example.net')) }).fields).toEqual({ ForwardsTo: 'outside' });
  expect(
    m365({ userid: 'ada@example.com', parameters: '[{"Name":"RedirectTo","Value":"bob@example.com"}]' }).fields,
  ).toEqual({ ForwardsTo: 'inside' });
});

it.each([
  {},
  { Parameters: 'x' },
  { Parameters: [null, 3, { Name: 7, Value: {} }] },
  { AuditData: '{"a"' },
] as JsonObject[])('makes nothing of %j', (event) => expect(m365(event)).toEqual({ fields: {} }));
