import { observableForm } from './observables.js';

/** Kind, as it is written, the one form. */
const ROWS: [kind: string, written: string, form: string | undefined][] = [
  ['ip-address', '198.51.100.1', '198.51.100.1'],
  ['ip-address', ' 198.51.100.1 ', '198.51.100.1'],
  ['ip-address', '198.51.100.1/32', '198.51.100.1'],
  ['ip-address', '198.51.100.0/24', undefined],
  ['ip-address', '198.51.100', undefined],
  ['ip-address', '198.51.100.256', undefined],
  ['ip-address', '198.51.100.01', undefined],
  ['ip-address', '0x7f.0.0.1', undefined],
  ['ip-address', 'evil.test', undefined],
  ['ip-address', '', undefined],
  ['ip-address', '2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['ip-address', '2001:db8::0001', '2001:db8::1'],
  ['ip-address', '2001:db8::1/128', '2001:db8::1'],
  ['ip-address', '2001:db8::/32', undefined],
  ['ip-address', '[2001:db8::1]', '2001:db8::1'],
  ['ip-address', 'fe80::1%eth0', 'fe80::1'],
  ['ip-address', '::', '::'],
  ['ip-address', '::FFFF:198.51.100.1', '198.51.100.1'],
  ['ip-address', '::ffff:c633:6401', '198.51.100.1'],
  ['ip-address', '1:2:3', undefined],
  ['ip-address', ':::', undefined],
  ['domain', 'evil.test', 'evil.test'],
  ['domain', 'Evil.TEST.', 'evil.test'],
  ['domain', 'evil.test..', 'evil.test'],
  ['domain', '_dmarc.Evil.test', '_dmarc.evil.test'],
  ['domain', 'bücher.test', 'xn--bcher-kva.test'],
  ['domain', 'BÜCHER.test.', 'xn--bcher-kva.test'],
  ['domain', 'bu\u0308cher.test', 'xn--bcher-kva.test'],
  ['domain', 'XN--BCHER-KVA.test', 'xn--bcher-kva.test'],
  ['domain', 'bücher。test', 'xn--bcher-kva.test'],
  ['domain', '例え.テスト', 'xn--r8jz45g.xn--zckzah'],
  ['domain', '*.evil.test', undefined],
  ['domain', 'evil .test', undefined],
  ['domain', 'evil.test/path', undefined],
  ['domain', '.', undefined],
  ['domain', '', undefined],
  ['domain', 'ü'.repeat(2_000), undefined],
  ['url', 'HTTP://Example.test/Path', 'http://example.test/path'],
  ['url', 'http://example.test/a?x=1&y=2', 'http://example.test/a?x=1&y=2'],
  ['url', "http://example.test/evil.txt')", "http://example.test/evil.txt')"],
  ['url', 'http://example.test', 'http://example.test/'],
  ['url', 'http://example.test?q', 'http://example.test/?q'],
  ['url', 'http://example.test.:80/a', 'http://example.test/a'],
  ['url', 'https://example.test:443', 'https://example.test/'],
  ['url', 'https://example.test:80/', 'https://example.test:80/'],
  ['url', 'http://Bücher.test/ü', 'http://xn--bcher-kva.test/ü'],
  ['url', 'http://[2001:DB8:0:0:0:0:0:1]:8080/x', 'http://[2001:db8::1]:8080/x'],
  ['url', 'http://User:Pw@evil.test/', 'http://user:pw@evil.test/'],
  ['url', 'http://evil.test/#/Login', 'http://evil.test/#/login'],
  ['url', 'evil.test/Path', 'evil.test/path'],
  ['url', 'http://', 'http:///'],
  ['url', '', undefined],
  ['file-hash', 'D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['file-hash', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['file-hash', 'a'.repeat(64), 'a'.repeat(64)],
  ['file-hash', 'A'.repeat(128), 'a'.repeat(128)],
  ['file-hash', 'a'.repeat(61), undefined],
  ['file-hash', 'g'.repeat(64), undefined],
  ['file-hash', '', undefined],
  ['email-address', 'A@B.test', 'a@b.test'],
  ['email-address', 'a@Bücher.test.', 'a@xn--bcher-kva.test'],
  ['email-address', "it's@b.test", "it's@b.test"],
  ['email-address', 'nobody', undefined],
  ['email-address', '@b.test', undefined],
  ['hostname', 'WEB01', 'web01'],
  ['hostname', ' ', undefined],
];

describe('the form of an observable', () => {
  it.each(ROWS)('%s %s: %s', (kind, written, form) => expect(observableForm(kind, written)).toBe(form));

  it.each(ROWS.filter(([, , form]) => form !== undefined))('%s %s stays what it is', (kind, _, form) =>
    expect(observableForm(kind, form ?? '')).toBe(form),
  );

  it.each(['ip-address', 'domain', 'url', 'file-hash', 'email-address'])('%s is told soon, whatever it is', (kind) => {
    const began = performance.now();
    for (const text of [':', '.', '[', '1.', 'a.', 'ü', '@', 'http://', '。', '%'].map((one) => one.repeat(1_000_000)))
      observableForm(kind, text);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
