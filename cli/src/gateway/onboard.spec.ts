import { onboard, type TenantPlan } from './onboard.js';

const plan = (count: number): TenantPlan => ({
  ...{ name: 'Acme', prefix: 'ACME', language: 'EN', timeZone: 'UTC', policy: { mode: 'NOTIFY' }, contacts: [] },
  ...{ assets: Array.from({ length: count }, (_, index) => ({ assetId: `a${index}` })), identities: [] },
  ...{ sources: [], connectors: [] },
});

it.each([
  [0, [0], []],
  [2_000, [2_000, 2_000], []],
  [4_500, [2_000, 2_000, 2_000, 500], ['part 1 of 3', 'part 2 of 3', 'part 3 of 3']],
])('%i assets are said in requests of %j', async (count, sizes, told) => {
  const [said, lines]: [number[], string[]] = [[], []];
  const change = async (_mutation: string, variables: Record<string, unknown>) => {
    const { assets } = (variables.input ?? variables) as { assets?: unknown[] };
    if (assets) said.push(assets.length);
    return { ok: true, code: '', message: '' };
  };
  const client = { change } as never;
  await onboard(client, 'acme', plan(count), { urls: {}, dir: '' }, (line) => lines.push(line));
  expect(said).toEqual(sizes);
  expect(lines.map((line) => line.replace('assets and identities: ', ''))).toEqual(told);
});
