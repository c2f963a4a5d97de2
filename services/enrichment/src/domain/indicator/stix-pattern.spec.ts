import { cpuClock } from '#libs/testing';
import { readPattern } from './stix-pattern.js';

const ip = (value: string) => ({ kind: 'ip-address', value });
const domain = (value: string) => ({ kind: 'domain', value });
const url = (value: string) => ({ kind: 'url', value });
const hash = (value: string) => ({ kind: 'file-hash', value });
const mail = (value: string) => ({ kind: 'email-address', value });

const MD5 = 'd41d8cd98f00b204e9800998ecf8427e';
const SHA1 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const READ: [pattern: string, sought: object[]][] = [
  ["[ipv4-addr:value = '198.51.100.1']", [ip('198.51.100.1')]],
  ["[ipv4-addr:value='198.51.100.1']", [ip('198.51.100.1')]],
  ["  [ ipv4-addr:value == '198.51.100.1' ]\n", [ip('198.51.100.1')]],
  ["[ipv4-addr:value = '198.51.100.1/32']", [ip('198.51.100.1')]],
  ["[ipv4-addr:value ISSUBSET '198.51.100.1/32']", [ip('198.51.100.1')]],
  ["[ipv6-addr:value = '2001:DB8:0:0:0:0:0:1']", [ip('2001:db8::1')]],
  ["[domain-name:value = 'Evil.TEST.']", [domain('evil.test')]],
  ["[domain-name:value = 'bücher.test']", [domain('xn--bcher-kva.test')]],
  [
    "[domain-name:value='Evil.TEST' OR url:value = 'http://evil.test/A']",
    [domain('evil.test'), url('http://evil.test/a')],
  ],
  [`[file:hashes.'SHA-256' = '${SHA256.toUpperCase()}'] OR [file:hashes.MD5 = '${MD5}']`, [hash(SHA256), hash(MD5)]],
  [`[file:hashes.SHA256 = '${SHA256}']`, [hash(SHA256)]],
  [`[artifact:hashes.'SHA-1' = '${SHA1}']`, [hash(SHA1)]],
  ["[email-addr:value IN ('a@b.test', 'it\\'s@b.test')]", [mail('a@b.test'), mail("it's@b.test")]],
  ["[ipv4-addr:value IN ('198.51.100.1','198.51.100.2')]", [ip('198.51.100.1'), ip('198.51.100.2')]],
  ["[email-message:from_ref.value = 'A@b.test']", [mail('a@b.test')]],
  [
    "[ipv4-addr:value = '198.51.100.1'\n  OR\n  ipv4-addr:value = '198.51.100.2']",
    [ip('198.51.100.1'), ip('198.51.100.2')],
  ],
  [
    "([ipv4-addr:value = '198.51.100.1'] OR [domain-name:value = 'evil.test'])",
    [ip('198.51.100.1'), domain('evil.test')],
  ],
  [
    "[(ipv4-addr:value = '198.51.100.1' OR domain-name:value = 'evil.test')]",
    [ip('198.51.100.1'), domain('evil.test')],
  ],
  ["(([((ipv4-addr:value = '198.51.100.1'))]))", [ip('198.51.100.1')]],
  [
    "[ipv4-addr:value = '198.51.100.1'] OR ([url:value = 'http://a.test/'] OR [url:value = 'http://b.test/'])",
    [ip('198.51.100.1'), url('http://a.test/'), url('http://b.test/')],
  ],
  ["[network-traffic:dst_ref.value = '198.51.100.1']", [ip('198.51.100.1')]],
  ["[network-traffic:src_ref.value = '2001:DB8::1']", [ip('2001:db8::1')]],
  ["[network-traffic:dst_ref.value = 'Evil.test']", [domain('evil.test')]],
  [
    "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '198.51.100.1']",
    [ip('198.51.100.1')],
  ],
  ["[network-traffic:dst_ref.value = 'a.test' AND network-traffic:dst_ref.type = 'domain-name']", [domain('a.test')]],
  [
    "[(network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '198.51.100.1') OR domain-name:value = 'a.test']",
    [ip('198.51.100.1'), domain('a.test')],
  ],
  ["[url:value = 'http://example.test/evil.txt\\')']", [url("http://example.test/evil.txt')")]],
  ["[url:value = 'http://example.test/[a] OR (b)']", [url('http://example.test/[a] or (b)')]],
  [
    "[url:value = 'http://a.test/' /* a comment ] */ OR url:value = 'http://b.test/'] // another",
    [url('http://a.test/'), url('http://b.test/')],
  ],
];

/** Nothing is matched, and this is why. */
const REFUSED: [pattern: string, reason: string][] = [
  ["[ipv4-addr:value = '10.0.0.0/8']", "'10.0.0.0/8' is a network, and only addresses are matched"],
  ["[ipv4-addr:value ISSUBSET '198.51.100.0/24']", "'198.51.100.0/24' is a network, and only addresses are matched"],
  ["[ipv6-addr:value = '2001:db8::/32']", "'2001:db8::/32' is a network, and only addresses are matched"],
  ["[ipv4-addr:value = 'nowhere']", "'nowhere' is no address"],
  ["[ipv4-addr:value = '198.51.100.300']", "'198.51.100.300' is no address"],
  ['[ipv4-addr:value = 198]', '198 is no text'],
  ["[ipv4-addr:value != '198.51.100.1']", 'it compares with !=, and only what is equal is matched'],
  ["[ipv4-addr:value NOT = '198.51.100.1']", 'it asks for what is not (NOT)'],
  ["[url:value MATCHES '.*']", 'it compares with MATCHES, and only what is equal is matched'],
  ["[url:value LIKE 'http://a.test/%']", 'it compares with LIKE, and only what is equal is matched'],
  [
    "[ipv4-addr:value = '198.51.100.1' AND domain-name:value = 'a.test']",
    'it joins with AND: half of it would match too much',
  ],
  [
    "[network-traffic:dst_ref.value = '198.51.100.1' AND network-traffic:dst_port = 443]",
    'it joins with AND: half of it would match too much',
  ],
  [
    "[network-traffic:src_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '198.51.100.1']",
    'it joins with AND: half of it would match too much',
  ],
  [
    "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = 'a.test']",
    'it joins with AND: half of it would match too much',
  ],
  [
    "[domain-name:value = 'a.test' AND domain-name:resolves_to_refs[*].value = '198.51.100.1']",
    'it joins with AND: half of it would match too much',
  ],
  [
    "[domain-name:value = 'a.test'] AND [domain-name:value = 'b.test']",
    'it joins with AND: half of it would match too much',
  ],
  [
    "([domain-name:value = 'a.test'] AND [domain-name:value = 'b.test'])",
    'it joins with AND: half of it would match too much',
  ],
  [
    "[domain-name:value = 'a.test'] FOLLOWEDBY [domain-name:value = 'b.test']",
    'it asks for one after another (FOLLOWEDBY): half of it would match too much',
  ],
  [
    "[domain-name:value = 'a.test'] WITHIN 300 SECONDS",
    'it has a qualifier (WITHIN, START, REPEATS): half of it would match too much',
  ],
  [
    "[domain-name:value = 'a.test'] REPEATS 5 TIMES WITHIN 1800 SECONDS",
    'it has a qualifier (WITHIN, START, REPEATS): half of it would match too much',
  ],
  [
    "([domain-name:value = 'a.test'] OR [url:value = 'http://b.test/']) START t'2021-10-01T08:52:52.795715Z' STOP t'2022-03-21T19:45:37.539105Z'",
    'it has a qualifier (WITHIN, START, REPEATS): half of it would match too much',
  ],
  ['[EXISTS file:name]', 'it asks whether something is there (EXISTS): half of it would match too much'],
  ["[process:name = 'x']", "'process:name' is no observable of events"],
  ["[file:name = 'weirdname\\'']", "'file:name' is no observable of events"],
  ["[windows-registry-key:key = 'HKCU\\\\test']", "'windows-registry-key:key' is no observable of events"],
  [
    "[file:extensions.'windows-pebinary-ext'.sections[*].entropy > 7.0]",
    "'file:extensions.windows-pebinary-ext.sections[*].entropy' is no observable of events",
  ],
  ["[network-traffic:dst_ref.type = 'ipv4-addr']", "'network-traffic:dst_ref.type' is no observable of events"],
  [`[file:hashes.'SHA-256' = '${'A'.repeat(61)}']`, `'${'A'.repeat(61)}' is no SHA256`],
  [`[file:hashes.MD5 = '${SHA1}']`, `'${SHA1}' is no MD5`],
  [`[file:hashes.'SHA-1' = '${'g'.repeat(40)}']`, `'${'g'.repeat(40)}' is no SHA1`],
  ["[file:hashes.MD5 = '']", "'' is no MD5"],
  ["[domain-name:value = '*.evil.test']", "'*.evil.test' is no domain name"],
  ["[domain-name:value = '']", "'' is no domain name"],
  ["[email-addr:value = 'nobody']", "'nobody' is no mail address"],
  ...[
    '[',
    '',
    ' ',
    ']',
    '[]',
    '()',
    "[domain-name:value = 'a",
    "[domain-name:value = 'a.test'",
    "domain-name:value = 'a.test'",
    "[domain-name:value = 'a.test']]",
    "[domain-name:value 'a.test']",
    "[domain-name:value = 'a.test' OR]",
    "[domain-name:value = 'a.test'] OR",
    '[domain-name:value IN ()]',
    "[domain-name:value IN ('a.test']",
    "[domain-name:value = 'a.test'] [domain-name:value = 'b.test']",
    `[file:hashes."SHA-256" = '${SHA256}']`,
    `${'('.repeat(100_000)}[domain-name:value = 'a.test']${')'.repeat(100_000)}`,
    `[${'('.repeat(60)}domain-name:value = 'a.test'${')'.repeat(60)}]`,
    'alert tcp any any -> any any (msg:"x";)',
  ].map((pattern): [string, string] => [pattern, 'it is not a STIX pattern']),
];

/** Sides of an OR that can be matched are, and the others are told. */
const IN_PART: [pattern: string, sought: object[], problems: string[]][] = [
  [
    "[url:value = 'http://a.test/' OR file:name = 'x.exe']",
    [url('http://a.test/')],
    ["'file:name' is no observable of events"],
  ],
  [`[file:hashes.MD5 = '${MD5}' OR file:hashes.'SHA-256' = 'ab']`, [hash(MD5)], ["'ab' is no SHA256"]],
  [
    "[ipv4-addr:value IN ('198.51.100.1', '10.0.0.0/8')]",
    [ip('198.51.100.1')],
    ["'10.0.0.0/8' is a network, and only addresses are matched"],
  ],
  [
    "[url:value = 'http://a.test/'] OR ([url:value = 'http://b.test/'] FOLLOWEDBY [url:value = 'http://c.test/'])",
    [url('http://a.test/')],
    ['it asks for one after another (FOLLOWEDBY): half of it would match too much'],
  ],
  [
    "[url:value = 'http://a.test/' OR url:value = 'http://b.test/' AND file:size = 3]",
    [url('http://a.test/')],
    ['it joins with AND: half of it would match too much'],
  ],
];

describe('a STIX pattern', () => {
  it.each(READ)('%s is read', (pattern, sought) => {
    expect(readPattern(pattern)).toEqual({ sought, problems: [] });
  });
  it.each(REFUSED)('%.120s is left alone: %s', (pattern, reason) => {
    expect(readPattern(pattern)).toMatchObject({ sought: [], problems: expect.arrayContaining([reason]) });
  });
  it.each(IN_PART)('%s is read in part', (pattern, sought, problems) =>
    expect(readPattern(pattern)).toEqual({ sought, problems }),
  );
  it('is read soon, however long', () => {
    const spentMs = cpuClock();
    for (const text of ["'", '[', '(', "[url:value = '", '/*', '\\', 'a:b OR ', ' '].map((one) =>
      one.repeat(500_000 / one.length),
    ))
      readPattern(text);
    readPattern(`[${Array(10_000).fill("url:value = 'http://a.test/'").join(' OR ')}]`);
    expect(spentMs()).toBeLessThan(2_000);
  });
});
