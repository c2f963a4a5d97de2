import { Places, Room } from './room.js';

describe('the room of the listeners', () => {
  it('gives a tenant a quarter, whatever he announces or holds open', () => {
    const room = new Room(1_000);
    const [acme, more, globex] = [room.seat('acme'), room.seat('acme'), room.seat('globex')];
    expect([acme.take(200), more.take(50), more.take(1), acme.take(1)]).toEqual([true, true, false, false]);
    expect(globex.take(250)).toBe(true);
    more.leave();
    expect([acme.take(50), acme.take(1)]).toEqual([true, false]);
  });

  it('has an end', () => {
    const room = new Room(1_000);
    expect(['a', 'b', 'c', 'd', 'e'].map((tenant) => room.seat(tenant).take(240))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('gets back what was taken, once', () => {
    const room = new Room(1_000);
    const seat = room.seat('acme');
    seat.take(250);
    seat.give(50);
    seat.leave();
    seat.leave();
    seat.give(9_999);
    expect([room.seat('acme').take(250), room.seat('acme').take(1)]).toEqual([true, false]);
  });
});

it('places are counted by key', () => {
  const places = new Places(2);
  expect([places.enter('a'), places.enter('a'), places.enter('a'), places.enter('b')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  places.leave('a');
  expect(places.enter('a')).toBe(true);
});
