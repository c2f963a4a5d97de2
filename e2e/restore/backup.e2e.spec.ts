import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HOUR_MS, SERVICES } from '#libs/terms';
import { until } from '#libs/testing';
import {
  addPartner,
  fromKafka,
  makeBackup,
  mustBeOk,
  provider,
  rawId,
  rebuildViews,
  sendByKafka,
  storesOf,
  verifyChains,
  verifyFromOwners,
} from '../../cli/src/index.js';
import { contained, workOn } from '../isolation/casework.js';
import { SOURCE, takeOn, type Cast } from '../isolation/cast.js';
import { MARKED } from '../isolation/surface.js';
import { attack, sendTelemetry } from '../isolation/telemetry.js';
import { install, silent, type TestInstallation } from '../support/installation.js';
import { settled } from '../support/quiet.js';
import { effects } from '../support/standins.js';

/**
 * An installation with two tenants is saved while it works, and lost: broker, store, lake and machine. What comes of
 * the backup, on an empty machine with the same keys and all services in one process, is held against the facts.
 */
let folder: string;
let installed: TestInstallation;
let restored: TestInstallation;
let isLost = false;
let caseIds: string[];
const AFTER = 'written after the backup';

const reportsOf = async (at: TestInstallation, tenant: string): Promise<string[]> => {
  const { reports } = await (await provider(at.up, `lead-${tenant}`)).ask<{
    reports: { edges: { node: { id: string } }[] };
  }>('{ reports { edges { node { id } } } }');
  return reports.edges.map(({ node }) => rawId(node.id));
};
const rowsOfLake = async (at: TestInstallation, tenant: string): Promise<number> => {
  const [from, to] = [Date.now() - HOUR_MS, Date.now() + 60_000].map((ms) => new Date(ms).toISOString());
  const lead = await provider(at.up, `lead-${tenant}`);
  mustBeOk(
    await lead.change(
      `mutation { askHunt(tenantId: "${tenant}", input: { hypothesis: "again ${Date.now()}", from: "${from}", to: "${to}", filters: [] }) OUTCOME }`,
    ),
    'a hunt',
  );
  return until(
    'the hunt to end',
    async () => {
      const { hunts } = await lead.ask<{
        hunts: { edges: { node: { hypothesis: string; finished: boolean; rowCount: number } }[] };
      }>('{ hunts { edges { node { hypothesis finished rowCount } } } }');
      const mine = hunts.edges.map(({ node }) => node).filter(({ hypothesis }) => hypothesis.startsWith('again'));
      return mine.length > 0 && mine.every(({ finished }) => finished) ? mine[0]?.rowCount : undefined;
    },
    120_000,
    { forgiving: true },
  );
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-backup-'));
  installed = await install();
  const casts: Cast[] = [];
  for (const marked of MARKED) casts.push(await takeOn(installed, marked));
  for (const cast of casts) await sendTelemetry(installed, cast);
  const cases = [];
  for (const cast of casts) cases.push(await contained(cast));
  for (const [index, cast] of casts.entries()) await workOn(cast, cases[index] as (typeof cases)[number]);
  caseIds = cases.map(({ id }) => id);
  await settled(installed);
  const at = Date.now();
  const note = `mutation { addNote(id: "${caseIds[0]}", text: "${AFTER}") OUTCOME }`;
  mustBeOk(await (casts[0] as Cast).lead.change(note), 'a note');
  const { stack, installation } = installed.up;
  await makeBackup(
    { mongoUrl: stack.mongoUrl, lake: join(installation.dir, 'lake') },
    { out: join(folder, 'backup'), cut: { at, anchorsAt: at }, say: () => undefined },
  );
  const { keys, issuer } = installation;
  expect(await installed.leave()).toEqual([]);
  isLost = true;
  restored = await install({ backup: join(folder, 'backup'), keys: { keys, issuer }, oneProcess: true });
  await settled(restored);
}, 1_200_000);

afterAll(async () => {
  if (installed && !isLost) await installed.leave();
  if (restored) expect(await restored.leave()).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

describe('a new installation from a backup', () => {
  it('shows what the facts say', async () =>
    expect(await rebuildViews(restored.up.stack, restored.broker, { check: true, say: () => undefined })).toEqual([]));

  it('has every chain whole, and none of it differs from what Kafka carries', async () => {
    const verified = await verifyChains({
      withStore: storesOf(restored.up),
      broker: restored.broker,
      witnesses: await fromKafka(restored.broker),
      say: () => undefined,
    });
    expect(verified).toMatchObject({ wrong: [], more: 0 });
    expect(verified.commits).toBeGreaterThan(50);
  });

  it.each(MARKED)('recomputes the report of $tenant from the facts', async ({ tenant }) => {
    const [id = ''] = await reportsOf(restored, tenant);
    const verified = await verifyFromOwners(restored.up.stack, restored.broker, silent, { tenant, id });
    expect(verified).toMatchObject({ problems: [] });
    expect(verified.made.reportId).toBe(id);
  });

  it('does nothing once more at a vendor', async () => expect(await effects(restored)).toEqual([]));

  it('knows what was said before the moment it stands for, and nothing after it', async () => {
    const lead = await provider(restored.up, `lead-${MARKED[0].tenant}`);
    const told = JSON.stringify(await lead.ask(`{ case(id: "${caseIds[0]}") { title notes { text } } }`));
    expect(told).toContain(MARKED[0].mark);
    expect(told).not.toContain(AFTER);
  });

  it('goes on: rows of before and of now are in the lake, and a new note on the old case', async () => {
    const [{ tenant }] = MARKED;
    const before = await rowsOfLake(restored, tenant);
    expect(before).toBeGreaterThanOrEqual(5);
    const partner = await addPartner(restored.up.stack, tenant, SOURCE);
    await sendByKafka(partner, { source: SOURCE, via: 'kafka', events: attack(MARKED[0]) });
    await until('new rows', async () => (await rowsOfLake(restored, tenant)) === before + 5, 60_000);
    const lead = await provider(restored.up, `lead-${tenant}`);
    mustBeOk(await lead.change(`mutation { addNote(id: "${caseIds[0]}", text: "and on") OUTCOME }`), 'a note');
  }, 400_000);
});

describe('all services in one process', () => {
  it('answer each at its own port, under its own name', async () => {
    const { pids, ports } = restored.up.installation;
    expect(Object.keys(pids).sort()).toEqual(['services', 'standins']);
    for (const name of SERVICES) {
      const at = `http://127.0.0.1:${ports[name]}`;
      expect([name, (await fetch(`${at}/health/ready`)).status]).toEqual([name, 200]);
      const named = (await (await fetch(`${at}/metrics`)).text()).match(/(?<=service=")[^"]+/g);
      expect(new Set(named)).toEqual(new Set([name]));
    }
  });

  it('carry an attack from the partner to the vendor that contains the host, and log each for itself', async () => {
    const cast = await takeOn(restored, { tenant: 'zcharlie', mark: 'mkq7chr' });
    await sendTelemetry(restored, cast);
    expect((await contained(cast)).entities).toContainEqual(
      expect.objectContaining({ value: 'srv-mkq7chr.example.test' }),
    );
    const log = readFileSync(join(restored.up.installation.dir, 'log', 'services.log'), 'utf8');
    const ready = log.split('\n').filter((line) => line.includes('"msg":"ready"'));
    expect(ready.map((line) => (JSON.parse(line) as { service: string }).service).sort()).toEqual([...SERVICES].sort());
  }, 400_000);

  it('can neither be started nor ended one by one', async () => {
    await expect(restored.up.kill('oncall')).rejects.toThrow('one process');
    await expect(restored.up.start('oncall')).rejects.toThrow('one process');
  });

  it('end with the first that cannot go on, whose name is told', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/cli/src/installation/one-process.js'], {
      env: { ONCALL__MONGO_URL: 'nowhere' },
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^oncall: configuration/) });
  });
});
