import { ByteBudget } from './byte-budget.js';
import { MOST_OF_ADDRESS, MOST_OF_HOOK, UnsignedRoom, type UnsignedAllotment } from './unsigned-room.js';

const BODY = 1_000;

describe('room for requests that are not signed yet', () => {
  const clock = { ms: 0 };
  let displaced: string[];
  let room: UnsignedRoom;
  let budget: ByteBudget;
  const given = (byAddress = true, bytes = 100 * BODY): void => {
    [clock.ms, displaced] = [0, []];
    room = new UnsignedRoom(byAddress, () => clock.ms);
    budget = new ByteBudget(bytes);
  };
  const enter = (address: string, hook = 'acme/okta'): UnsignedAllotment | undefined => {
    const held = room.enter({ hook, address }, budget, BODY);
    held?.whenDisplaced(() => void displaced.push(address));
    return held;
  };
  const many = (count: number, address: (at: number) => string, hook?: string) =>
    Array.from({ length: count }, (_, at) => enter(address(at), hook)).filter((held) => held !== undefined);
  const TRUE = '203.0.113.9';

  it.each<[string, (at: number) => string, number]>([
    ['one address', () => '192.0.2.1', MOST_OF_ADDRESS],
    ['one site of IPv6', (at) => `2001:db8:1:${at.toString(16)}00::1`, 2 * MOST_OF_ADDRESS],
    ['a few addresses', (at) => `192.0.2.${at % 4}`, MOST_OF_HOOK],
    ['a few sites of IPv6', (at) => `2001:db8:${at % 4}:${at.toString(16)}00::1`, MOST_OF_HOOK],
  ])('is there for the true sender beside all that %s can begin', (_, address, most) => {
    given();
    expect(many(200, address)).toHaveLength(most);
    expect([enter(TRUE), enter(TRUE, 'acme/github')].map((held) => held?.take(10))).toEqual([true, true]);
    expect(displaced).toHaveLength(most === MOST_OF_HOOK ? 1 : 0);
    // Who has more than the others takes nothing of theirs.
    expect(enter(address(0)) === undefined).toBe(true);
  });

  it('is there once what hundreds of addresses began has been there for a second', () => {
    given();
    expect(many(200, (at) => `192.0.2.${at}`)).toHaveLength(MOST_OF_HOOK);
    expect(enter(TRUE)).toBeUndefined();
    clock.ms = 1_000;
    expect(enter(TRUE)?.take(10)).toBe(true);
    expect(displaced).toEqual(['192.0.2.0']);
  });

  it('is there behind a proxy, where no address tells one from another, for what is new', () => {
    given(false);
    const slow = many(MOST_OF_HOOK, () => '10.0.0.1');
    expect(enter('10.0.0.1')).toBeUndefined();
    clock.ms = 1_000;
    expect(enter('10.0.0.1')?.take(10)).toBe(true);
    expect(slow[0]?.take(1)).toBe(false);
  });

  it('holds of one address two bodies, and those give way to who has less', () => {
    given();
    const [large] = many(1, () => '192.0.2.1');
    expect([large?.take(2 * BODY), large?.take(1)]).toEqual([true, false]);
    const small = enter(TRUE);
    expect([small?.take(10), displaced, large?.take(1)]).toEqual([true, ['192.0.2.1'], false]);
    large?.leave();
    expect(small?.take(BODY)).toBe(true);
  });

  it('is there at other webhooks, whatever is held at some', () => {
    given(true, 8 * BODY);
    for (const hook of ['a', 'b']) many(1, () => `192.0.2.${hook}`, hook)[0]?.take(BODY);
    expect(enter(TRUE, 'c')?.take(10)).toBe(true);
    expect(displaced).toEqual(['192.0.2.a']);
  });

  it('is all given back', () => {
    given();
    for (const held of many(200, (at) => `192.0.2.${at % 4}`)) {
      held.take(10);
      held.leave();
      held.leave();
    }
    expect([budget.held, many(200, (at) => `192.0.2.${at % 4}`).length]).toEqual([0, MOST_OF_HOOK]);
  });
});
