import { Turns, type Slice } from './turns.js';

/** Slices that say when they begin, and end when they are told to. */
const scripted = () => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const goOns = new Map<string, () => void>();
  const slices = (name: string, count: number): Slice[] =>
    Array.from({ length: count }, (_, at) => (goOn) => {
      begun.push(`${name}${at}`);
      goOns.set(`${name}${at}`, goOn);
      return new Promise<void>((done) => {
        ends.set(`${name}${at}`, done);
      });
    });
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    for (let tick = 0; tick < 5; tick += 1) await Promise.resolve();
  };
  const goOn = (name: string): void => goOns.get(name)?.();
  return { begun, slices, end, goOn };
};

describe('turns', () => {
  it('go round the lanes: who has one slice waits for one of the others, not for all of them', async () => {
    const { begun, slices, end } = scripted();
    const turns = new Turns(1);
    turns.add('acme', 'a/0', slices('a', 100));
    turns.add('globex', 'g/0', slices('g', 2));
    turns.add('umbrella', 'u/0', slices('u', 1));
    for (const name of ['a0', 'g0', 'u0', 'a1', 'g1', 'a2']) await end(name);
    expect(begun).toEqual(['a0', 'g0', 'u0', 'a1', 'g1', 'a2', 'a3']);
  });

  it('go round the places of a lane, each in order and one at a time', async () => {
    const { begun, slices, end } = scripted();
    const turns = new Turns(4);
    turns.add('acme', 'a/0', slices('a', 3));
    turns.add('acme', 'a/1', slices('b', 2));
    expect(begun).toEqual(['a0', 'b0']);
    await end('a0');
    expect(begun).toEqual(['a0', 'b0', 'a1']);
    expect(turns.queued('acme', 'a/0')).toBe(1);
  });

  it('leave half of the room to the others, however many places of a lane hang', () => {
    const { begun, slices } = scripted();
    const turns = new Turns(4);
    for (const place of ['a', 'b', 'c', 'd', 'e']) turns.add('acme', place, slices(place, 1));
    expect(begun).toEqual(['a0', 'b0']);
    turns.add('globex', 'g', slices('g', 1));
    expect(begun).toEqual(['a0', 'b0', 'g0']);
  });

  it('forget what has not begun, and end when what has begun is done', async () => {
    const { begun, slices, end } = scripted();
    const turns = new Turns(1);
    turns.add('acme', 'a', slices('a', 3));
    turns.drop();
    let over = false;
    void turns.settled().then(() => {
      over = true;
    });
    expect([turns.busy, over]).toEqual([true, false]);
    await end('a0');
    expect([turns.busy, over, begun]).toEqual([false, true, ['a0']]);
  });

  it('begin the next of a place when one only waits, in order, and four of a place at most', async () => {
    const { begun, slices, end, goOn } = scripted();
    const turns = new Turns(4);
    turns.add('acme', 'a', slices('a', 9));
    expect(begun).toEqual(['a0']);
    for (const name of ['a0', 'a0', 'a1', 'a2', 'a3']) goOn(name);
    expect(begun).toEqual(['a0', 'a1', 'a2', 'a3']);
    await end('a2');
    expect(begun).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']);
    await end('a4');
    expect([begun.at(-1), turns.busy]).toEqual(['a5', true]);
  });

  it('bound what waits: of a lane to half, so that others go on beside one whose broker is slow', () => {
    const { begun, slices, goOn } = scripted();
    const turns = new Turns(2);
    const places = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const place of places) turns.add('acme', place, slices(place, 1));
    for (const place of places) goOn(`${place}0`);
    expect(begun).toEqual(['a0', 'b0', 'c0', 'd0']);
    turns.add('globex', 'g', slices('g', 1));
    expect(begun.at(-1)).toBe('g0');
  });
});
