import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceName } from '#libs/terms';
import { planOf, replicasOf, runFaults } from '../../tools/faults/src/index.js';

const REPLICATED: ServiceName[] = ['collection', 'detection', 'cases'];
const SEED = 3;

it('two replicas each, of which some are killed, end between two steps, leave and come back, and a vendor that fails: nothing is lost, doubled, reordered or stuck', async () => {
  const replicas = replicasOf(2, REPLICATED);
  const at = replicas.filter(({ service }) => REPLICATED.includes(service));
  const plan = planOf({
    seed: SEED,
    faults: 3,
    replicas: at,
    kinds: ['kill', 'crash', 'rebalance', 'vendor'],
    growTo: 3,
  });
  const dir = mkdtempSync(join(tmpdir(), 'vigie-faults-'));
  const told: string[] = [];
  try {
    const { checks, drained } = await runFaults({
      ...{ dir, replicas, plan, seed: SEED, events: 600, perSecond: 200, bad: 0.01, needleEvery: 60 },
      ...{ partitions: 2, tenants: ['alder', 'birch'], smallDisks: false, drainMs: 240_000 },
      say: (line) => void told.push(line),
    });
    if (drained.unquiet) told.push(drained.unquiet);
    const wrong = checks.filter(({ failed }) => failed > 0);
    if (wrong.length > 0) process.stderr.write(`${told.join('\n')}\n`);
    expect(wrong).toEqual([]);
    expect(Object.fromEntries(checks.map(({ name, of }) => [name, of]))).toMatchObject({
      findings: 9,
      placements: 9,
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}, 900_000);
