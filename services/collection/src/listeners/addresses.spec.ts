import { AddressLimit, networksOf } from './addresses.js';

it.each<[string, ...string[]]>([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1:0::/56', '2001:db8:1::/48'],
  ['2001:db8:1:abcd::9', '2001:db8:1:abcd::/64', '2001:db8:1:ab00::/56', '2001:db8:1::/48'],
  ['2001:0db8::', '2001:db8:0:0::/64', '2001:db8:0:0::/56', '2001:db8:0::/48'],
  ['::1', '0:0:0:0::/64', '0:0:0:0::/56', '0:0:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0:0::/56', 'fe80:0:0::/48'],
  ['', ''],
])('%s counts as %s', (remote, ...networks) => {
  expect(networksOf(remote)).toEqual(networks);
});

describe('what comes from addresses', () => {
  const hex = (value: number): string => value.toString(16);
  it.each<[string, number, (at: number) => string]>([
    ['one address', 8, () => '192.0.2.1'],
    ['one host of IPv6', 8, (at) => `2001:db8:1:2::${hex(at)}`],
    ['the 256 networks of a /56', 12, (at) => `2001:db8:1:${hex(at)}::1`],
    ['the 65,536 networks of a /48', 16, (at) => `2001:db8:1:${hex(at * 256)}::1`],
    ['several sites', 100, (at) => `2001:db8:${hex(at)}::1`],
  ])('is bounded of %s to %i, and nobody else is', (_, most, address) => {
    const limit = new AddressLimit(8);
    const inside = Array.from({ length: 100 }, (_one, at) => address(at)).filter((one) => limit.enter(one));
    expect(inside).toHaveLength(most);
    expect(['198.51.100.7', '2001:db8:ffff::1'].map((one) => limit.enter(one))).toEqual([true, true]);
    for (const one of inside) limit.leave(one);
    expect(Array.from({ length: 100 }, (_one, at) => limit.enter(address(at))).filter(Boolean)).toHaveLength(most);
  });
});
