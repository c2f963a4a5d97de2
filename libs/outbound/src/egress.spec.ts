import type { LookupAddress } from 'node:dns';
import { malformed } from '#libs/testing';
import { createEgress, EgressRefused } from './egress.js';

const resolving = (...addresses: LookupAddress[]) =>
  createEgress({
    allow: ['10.2.0.0/16'],
    lookup: malformed((_: string, __: unknown, done: (error: null, found: LookupAddress[]) => void) =>
      done(null, addresses),
    ),
  });
const resolved = (egress: ReturnType<typeof createEgress>): Promise<unknown> =>
  new Promise((resolve) => egress.lookup('api.example', { all: true }, (error, found) => resolve(error ?? found)));

describe('the egress guard', () => {
  const egress = createEgress({ allow: ['127.0.0.1', 'edr.localhost', '10.2.0.0/16'] });

  it.each([
    'https://api.security.microsoft.com/api',
    'https://8.8.8.8/',
    'http://127.0.0.1:8080/api',
    'https://10.2.7.1/',
    'http://edr.localhost:1/',
  ])('lets %s pass', (url) => {
    expect(egress.check(url)).toBeInstanceOf(URL);
  });

  it.each([
    'http://api.security.microsoft.com/',
    'https://10.3.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://[fe80::1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://0.0.0.0/',
    'https://2130706434/',
    'https://0x7f000002/',
    'https://localhost/',
    'http://10.2.7.1/',
    'https://user:secret@api.example/',
    'ftp://api.example/',
    'file:///etc/passwd',
    'nonsense',
    'https://100.64.0.1/',
  ])('refuses %s', (url) => {
    expect(() => egress.check(url)).toThrow(EgressRefused);
  });

  it.each(['mail.example', '8.8.8.8', '127.0.0.1', '10.2.0.9'])('lets mail go to %s', (host) => {
    expect(() => egress.checkHost(host)).not.toThrow();
  });
  it.each(['localhost', 'LOCALHOST.', '[::1]', '10.3.0.1', '169.254.169.254'])('lets no mail go to %s', (host) => {
    expect(() => egress.checkHost(host)).toThrow(EgressRefused);
  });

  it('never shows credentials of a refused address', () => {
    expect(() => egress.check('https://user:secret@api.example/')).toThrow(/^(?!.*secret)/);
  });

  it('looks at what a name resolves to, all of it', async () => {
    expect(await resolved(resolving({ address: '93.184.216.34', family: 4 }))).toHaveLength(1);
    expect(await resolved(resolving({ address: '10.2.0.9', family: 4 }))).toHaveLength(1);
    expect(
      await resolved(resolving({ address: '93.184.216.34', family: 4 }, { address: '10.3.0.1', family: 4 })),
    ).toBeInstanceOf(EgressRefused);
    expect(await resolved(resolving({ address: '::ffff:127.0.0.1', family: 6 }))).toBeInstanceOf(EgressRefused);
  });
});
