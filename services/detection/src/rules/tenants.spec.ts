import { Fault } from '#libs/model';
import type { LoadedRules } from './loaded-rules.js';
import type { TenantAdditions } from './tenant-additions.js';
import type { TenantRules } from './tenant-rules.js';
import { HELD_AT_MOST, openTenantRuleSets, UNUSED_AFTER_MS } from './tenants.js';

const baseOf = (name: string) => ({ name, known: new Map() }) as unknown as LoadedRules;
const nothing: TenantAdditions = { importId: undefined, under: '', files: [], placeholders: {}, exceptions: [] };

const opened = () => {
  const world = {
    global: baseOf('first'),
    now: 0,
    reads: [] as string[],
    made: [] as string[],
    adds: (tenant: string): boolean => tenant.startsWith('own'),
    wait: Promise.resolve(),
    failed: [] as string[],
    breaks: undefined as Error | undefined,
  };
  const tenants = openTenantRuleSets({
    global: () => world.global,
    make: async (tenant, global) => {
      world.reads.push(tenant);
      await world.wait;
      if (world.breaks && tenant === 'own-a') throw world.breaks;
      return {
        own: nothing,
        rules: world.adds(tenant) ? ({ tenant, global, sets: [global] } as unknown as TenantRules) : undefined,
      };
    },
    made: async (tenant) => void world.made.push(tenant),
    failed: (tenant) => void world.failed.push(tenant),
    elapsed: () => world.now,
  });
  return { world, tenants };
};

describe('rules of tenants', () => {
  it('are those for everybody when a tenant adds nothing, which is looked up once', async () => {
    const { world, tenants } = opened();
    expect(await tenants.of('plain')).toBe(world.global);
    expect(tenants.of('plain')).toBe(world.global);
    world.global = baseOf('second');
    expect(tenants.of('plain')).toBe(world.global);
    expect(world.reads).toEqual(['plain']);
  });
  it('are made when first asked for, once however many ask', async () => {
    const { world, tenants } = opened();
    const [one, two] = await Promise.all([tenants.of('own-a'), tenants.of('own-a')]);
    expect(one).toBe(two);
    expect(tenants.of('own-a')).toBe(one);
    expect(world.made).toEqual(['own-a']);
  });
  it('that cannot be made leave those for everybody to their tenant, and the others as they are', async () => {
    const { world, tenants } = opened();
    world.breaks = new Error('a fact of its own cannot be read');
    expect(await tenants.of('own-a')).toBe(world.global);
    expect(await tenants.of('own-b')).toMatchObject({ tenant: 'own-b' });
    await tenants.changed('own-a', true);
    expect(world.failed).toEqual(['own-a', 'own-a']);
    world.breaks = undefined;
    await tenants.changed('own-a', true);
    expect(tenants.of('own-a')).toMatchObject({ tenant: 'own-a' });
  });
  it('that cannot be made anew run as they were', async () => {
    const { world, tenants } = opened();
    const before = await tenants.of('own-a');
    world.breaks = new Error('a fact of its own cannot be read');
    await tenants.changed('own-a', true);
    expect(tenants.of('own-a')).toBe(before);
  });
  it('go on as they were until the new ones are ready', async () => {
    const { world, tenants } = opened();
    const before = await tenants.of('own-a');
    let release = (): void => undefined;
    world.wait = new Promise((resolve) => {
      release = () => resolve();
    });
    const changing = tenants.changed('own-a', false);
    expect(tenants.of('own-a')).toBe(before);
    release();
    await changing;
    expect(tenants.of('own-a')).not.toBe(before);
  });
  it('are made anew on top of new rules for everybody, and run as they were meanwhile', async () => {
    const { world, tenants } = opened();
    const before = await tenants.of('own-a');
    world.global = baseOf('second');
    expect(tenants.of('own-a')).toBe(before);
    await new Promise(setImmediate);
    expect(tenants.of('own-a')).toMatchObject({ global: { name: 'second' } });
    expect(world.reads).toEqual(['own-a', 'own-a']);
  });
  it('are not made for a tenant that no event asks for, unless somebody waits for them', async () => {
    const { world, tenants } = opened();
    await tenants.changed('own-a', false);
    expect(world.made).toEqual([]);
    await tenants.changed('own-a', true);
    expect(world.made).toEqual(['own-a']);
  });
  it('are dropped when unused, and beyond a number', async () => {
    const { world, tenants } = opened();
    await tenants.of('own-a');
    world.now = UNUSED_AFTER_MS + 1;
    for (let index = 0; index <= HELD_AT_MOST; index += 1) await tenants.of(`own-${index}`);
    await tenants.of('own-0');
    tenants.forgetUnused();
    const kept = tenants.sets().map(({ tenant }) => tenant);
    expect(kept).toHaveLength(HELD_AT_MOST);
    expect([kept.includes('own-a'), kept.includes('own-0'), kept.includes('own-1')]).toEqual([false, true, false]);
  });
  it('that could not be read are read again', async () => {
    const { world, tenants } = opened();
    world.wait = Promise.reject(new Fault('the store is away'));
    await expect(Promise.resolve(tenants.of('own-a'))).rejects.toThrow('away');
    world.wait = Promise.resolve();
    expect(await tenants.of('own-a')).toMatchObject({ tenant: 'own-a' });
  });
});
