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
