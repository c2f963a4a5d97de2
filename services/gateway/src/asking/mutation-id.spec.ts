import type { FirstUse } from '#libs/store';
import { asFirst, wantedBy } from './mutation-id.js';

const memory = () => {
  const kept = new Map<string, FirstUse>();
  return { first: async (_tenant: string, id: string, one: FirstUse) => kept.get(id) ?? (kept.set(id, one), one) };
};
const asked = (wanted?: string, tenant = 'acme') => ({ requestId: 'r1', tenant, wanted });

describe('what a mutation wants', () => {
  const args = { mutationId: 'm', id: 'c', input: { b: [1, { d: 2, c: 3 }], a: 'x' }, basedOn: null };
  it.each([
    ['in another order', { input: { a: 'x', b: [1, { c: 3, d: 2 }] }, id: 'c' }],
    ['under another mutation id', { ...args, mutationId: 'n' }],
    ['without what is null', { id: 'c', input: args.input }],
  ])('is the same %s', (_what, other) => expect(wantedBy(other)).toBe(wantedBy(args)));
  it.each([
    ['of another thing', { ...args, id: 'd' }],
    ['deep inside', { ...args, input: { ...args.input, b: [1, { d: 2, c: 4 }] } }],
    ['in another order of a list', { ...args, input: { ...args.input, b: [{ d: 2, c: 3 }, 1] } }],
    ['based on a version', { ...args, basedOn: 3 }],
  ])('is something else %s', (_what, other) => expect(wantedBy(other)).not.toBe(wantedBy(args)));
});

describe('a repeated call', () => {
  it('sends the first bytes again', async () => {
    const store = memory();
    expect(await asFirst(store, asked('w'), Buffer.from('first'))).toEqual(Buffer.from('first'));
    expect(await asFirst(store, asked('w'), Buffer.from('later'))).toEqual(Buffer.from('first'));
  });
  it('that wants something else sends nothing, whatever its tenant', async () => {
    const store = memory();
    await asFirst(store, asked('w'), Buffer.from('first'));
    expect(await asFirst(store, asked('v'), Buffer.from('first'))).toBeUndefined();
    expect(await asFirst(store, asked('v', 'globex'), Buffer.from('first'))).toBeUndefined();
  });
  it('without a mutation id is no repeated call', async () =>
    expect(await asFirst(memory(), asked(), Buffer.from('x'))).toEqual(Buffer.from('x')));
  it('of something large is made anew', async () => {
    const store = memory();
    await asFirst(store, asked('w'), Buffer.alloc(300_000, 1));
    expect(await asFirst(store, asked('w'), Buffer.alloc(300_000, 2))).toEqual(Buffer.alloc(300_000, 2));
  });
});
