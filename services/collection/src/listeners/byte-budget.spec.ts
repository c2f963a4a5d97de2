import { ByteBudget } from './byte-budget.js';

describe('what the listeners may hold', () => {
  it('gives a tenant a quarter, whatever he announces or holds open', () => {
    const budget = new ByteBudget(1_000);
    const [acme, more, globex] = [budget.allot('acme'), budget.allot('acme'), budget.allot('globex')];
    expect([acme.take(200), more.take(50), more.take(1), acme.take(1)]).toEqual([true, true, false, false]);
    expect(globex.take(250)).toBe(true);
    more.leave();
    expect([acme.take(50), acme.take(1)]).toEqual([true, false]);
  });

  it('has an end', () => {
    const room = new ByteBudget(1_000);
    expect(['a', 'b', 'c', 'd', 'e'].map((tenant) => room.allot(tenant).take(240))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('gives an address a part of what a tenant has, and a site of IPv6 somewhat more', () => {
    const MIB = 1024 * 1024;
    const room = new ByteBudget(128 * MIB);
    const all = (address: (at: number) => string): number =>
      Array.from({ length: 64 }, (_, at) => room.allot('acme', address(at))).filter((one) => one.take(MIB)).length;
    expect(all(() => '192.0.2.1')).toBe(8);
    expect(all((at) => `2001:db8:1:${(256 * at).toString(16)}::1`)).toBe(16);
    expect([room.allot('acme', '198.51.100.7').take(MIB), room.allot('acme').take(8 * MIB)]).toEqual([true, false]);
  });

  it('gets back what was taken, once', () => {
    const room = new ByteBudget(1_000);
    const held = room.allot('acme');
    held.take(250);
    held.give(50);
    held.leave();
    held.leave();
    held.give(9_999);
    expect([room.allot('acme').take(250), room.allot('acme').take(1)]).toEqual([true, false]);
  });
});
