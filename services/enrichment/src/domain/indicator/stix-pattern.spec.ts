import { valuesOfPattern } from './stix-pattern.js';

describe('a STIX pattern', () => {
  it.each([
    ["[ipv4-addr:value = '198.51.100.1']", [{ kind: 'ip-address', value: '198.51.100.1' }]],
    ["[ipv4-addr:value = '198.51.100.1/32']", [{ kind: 'ip-address', value: '198.51.100.1' }]],
    [
      "[domain-name:value='Evil.TEST' OR url:value = 'http://evil.test/A']",
      [
        { kind: 'domain', value: 'evil.test' },
        { kind: 'url', value: 'http://evil.test/a' },
      ],
    ],
    [
      "[file:hashes.'SHA-256' = 'AB'] OR [file:hashes.MD5 = 'cd']",
      [
        { kind: 'file-hash', value: 'ab' },
        { kind: 'file-hash', value: 'cd' },
      ],
    ],
    [
      "[email-addr:value IN ('a@b.test', 'it\\'s@b.test')]",
      [
        { kind: 'email-address', value: 'a@b.test' },
        { kind: 'email-address', value: "it's@b.test" },
      ],
    ],
  ])('%s is read', (pattern, sought) => expect(valuesOfPattern(pattern)).toEqual(sought));

  it.each([
    "[ipv4-addr:value = '10.0.0.0/8']",
    "[ipv4-addr:value != '198.51.100.1']",
    "[ipv4-addr:value = '198.51.100.1' AND domain-name:value = 'a.test']",
    "[domain-name:value = 'a.test'] FOLLOWEDBY [domain-name:value = 'b.test']",
    "[domain-name:value = 'a.test'] WITHIN 300 SECONDS",
    "[process:name = 'x']",
    "[url:value MATCHES '.*']",
    '[',
    '',
    "[domain-name:value = '']",
    "[domain-name:value = 'a",
  ])('%s is left alone', (pattern) => expect(valuesOfPattern(pattern)).toBeUndefined());
});
