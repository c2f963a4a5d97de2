/** Facts as views hear them: in any order, and twice. */
import type { Heard, Typed, View } from '#libs/model';
import { heard, showing } from '#libs/testing';

export const ada = { subject: 'ada', side: 'PROVIDER' } as const;
export const at = <M extends Typed>(version: number, message: M): Heard<M> =>
  heard(message, { sequence: { version, index: 0, count: 1 } });
/** Interleaves streams in a way that depends on the seed, each in its own order. */
export const interleaved = <T>(streams: T[][], seed: number): T[] => {
  const rest = streams.map((stream) => [...stream]);
  const order: T[] = [];
  for (let turn = seed; rest.some((stream) => stream.length); turn = (turn * 1_103_515_245 + 12_345) % 2_147_483_648) {
    const next = rest[turn % rest.length]!.shift();
    if (next) order.push(next);
  }
  return order;
};
export const sameInAnyOrder = <Doc, Fact extends Typed>(view: View<Doc, Fact>, streams: Heard<Fact>[][]): void => {
  const expected = showing(view).of(...streams.flat());
  for (let seed = 1; seed <= 50; seed += 1) {
    const order = interleaved(streams, seed);
    expect(showing(view).of(...order)).toEqual(expected);
    expect(showing(view).of(...order, ...order)).toEqual(expected);
  }
};
