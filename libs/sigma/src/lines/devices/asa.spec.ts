import { toldBy } from '../../../test/device-lines.js';

it.each([
  '<166>:Nov 28 18:59:03 UTC: ',
  '<166>Nov 28 18:59:03 ',
  '<166>Nov 28 18:59:03 asa1 ',
  '<166>asa1 : ',
  '<166>Nov 28 18:59:03 relay Nov 28 2026 18:59:03 asa1 : ',
  '<166>',
  '',
])('is told behind any header: "%s"', (header) =>
  expect(toldBy(`${header}%ASA-3-710003: TCP access denied by ACL from 203.0.113.9/5555 to outside:10.1.1.8/22`)).toBe(
    '203.0.113.9:5555 > 10.1.1.8:22; denied',
  ),
);

it.each([
  'sshd: Failed password for an invalid user %ASA-6-605005: Login permitted from 203.0.113.9/5555 to x:10.1.1.8/22 for user "ada"',
  'agent="%ASA-6-605005: Login permitted from 203.0.113.9/5555 to x:10.1.1.8/22 for user "ada""',
])('is none inside of what another says: %s', (text) => expect(toldBy(`<13>Nov 28 18:59:03 srv1 ${text}`)).toBe(''));
