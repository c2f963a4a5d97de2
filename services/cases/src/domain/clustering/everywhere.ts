/** What is found everywhere, so that sharing it says nothing. All lower-case. */

/** Accounts that exist everywhere and therefore say nothing. */
const GENERIC_USERS = new Set([
  'system',
  'local system',
  'localsystem',
  'local service',
  'localservice',
  'network service',
  'networkservice',
  'anonymous logon',
  'anonymous',
  'root',
  'nobody',
  'administrator',
  'administrators',
  'admin',
  'guest',
  'everyone',
  'iusr',
  'default',
  's-1-5-18',
  's-1-5-19',
  's-1-5-20',
  's-1-0-0',
]);
const GENERIC = new Set(['', '-', '--', 'n/a', 'na', 'none', 'null', 'unknown', 'localhost', '(null)', '*']);
const SERVICE_USER = /^(dwm|umfd)-\d+$/;
/** Loopback, unspecified, link-local, multicast, broadcast, and the metadata addresses of clouds. */
const GENERIC_IP =
  /^(127\.|0\.|255\.255\.255\.255$|169\.254\.|22[4-9]\.|23\d\.|168\.63\.129\.16$|::1?$|fe80:|ff[0-9a-f]{2}:)/;
/** Resolvers that whole networks ask. */
const PUBLIC_RESOLVERS = new Set([
  '1.0.0.1',
  '1.1.1.1',
  '8.8.4.4',
  '8.8.8.8',
  '9.9.9.9',
  '149.112.112.112',
  '208.67.220.220',
  '208.67.222.222',
  '2001:4860:4860::8844',
  '2001:4860:4860::8888',
  '2606:4700:4700::1001',
  '2606:4700:4700::1111',
  '2620:fe::9',
  '2620:fe::fe',
]);

export const isNothing = (value: string): boolean => GENERIC.has(value);
export const isGenericAddress = (address: string): boolean => GENERIC_IP.test(address) || PUBLIC_RESOLVERS.has(address);
export const isGenericUser = (user: string): boolean => GENERIC_USERS.has(user) || SERVICE_USER.test(user);
/** A value that is found everywhere, whatever it is of: an account, an address, a name. Lower-case. */
export const isEverywhere = (value: string): boolean =>
  isNothing(value) || isGenericAddress(value) || isGenericUser(value.split('\\').at(-1) ?? value);
