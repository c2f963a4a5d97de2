import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantOnboarded } from '#contracts';
import { openLog } from '#libs/service';
import { openStore } from '#libs/store';
import { HOUR_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { startStack, type Stack } from '#stack';
import { tenants } from '../../services/tenants/src/tenants.module.js';
import { readAll } from '../src/kafka/read-all.js';
import { adminBroker } from '../src/kafka/provision.js';
import { programFor } from '../src/program.js';

const VARIABLES = ['KAFKA_BROKERS', 'MONGO_URL', 'KAFKA_ADMIN_USERNAME', 'KAFKA_ADMIN_PASSWORD'];

/** As somebody calls it who names broker and store in the environment. @returns what is printed. */
const vigie = async ({ brokers, mongoUrl, admin }: Stack, ...words: string[]): Promise<string> => {
  const values = [brokers.join(), mongoUrl, admin.username, admin.password];
  VARIABLES.forEach((name, index) => (process.env[name] = values[index]));
  let printed = '';
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))));
  const err = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    await (await programFor(words)).parseAsync(['node', 'vigie', ...words]);
    return printed;
  } finally {
    out.mockRestore();
    err.mockRestore();
    for (const name of VARIABLES) delete process.env[name];
  }
};

describe('vigie backup and vigie restore', () => {
  let world: World;
  let elsewhere: Stack;
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'vigie-backup-'));
    // What is a minute old is in a backup.
    const at = Date.now() - HOUR_MS;
    world = await startWorld([tenants], { clock: { now: () => at, advance: () => undefined } });
    elsewhere = await startStack({ dir: join(dir, 'stack') });
  }, 300_000);
  afterAll(async () => {
    await elsewhere?.stop();
    await world?.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const backup = (): string => join(dir, 'backup');

  it('save what is a minute old, and say what is not in it', async () => {
    await world.ask('acme', {
      ...{ type: 'tenant.onboard', tenantId: 'acme', name: 'The acme company', prefix: 'ACME', language: 'EN' },
      ...{ timeZone: 'UTC', tier: 'MDR', providerType: 'MIXED' },
    });
    const told = await vigie(world.stack, 'backup', '--out', backup());
    expect(told).toMatch(/^\d+\.\d MiB in .*: all that was kept until .*\nthe lake is not in it: .*\nkeys, passwords/);
    const { store } = JSON.parse(readFileSync(join(backup(), 'manifest.json'), 'utf8')) as {
      store: { service: string; collection: string; documents: number }[];
    };
    const commits = store.find(({ service, collection }) => service === 'tenants' && collection === 'commits');
    expect(commits?.documents).toBeGreaterThan(0);
    await expect(vigie(world.stack, 'backup', '--out', backup())).rejects.toMatchObject({ code: 'IN_THE_WAY' });
  });

  it('return nothing into a store that keeps something', async () =>
    expect(vigie(world.stack, 'restore', '--from', backup())).rejects.toMatchObject({ code: 'NOT_EMPTY' }));

  it('return everything into an empty one, and say on a new Kafka what must be heard', async () => {
    expect(await vigie(elsewhere, 'restore', '--from', backup())).toMatch(/^restored as of .*; start the services/);
    const store = await openStore({ url: elsewhere.mongoUrl, service: 'tenants', log: openLog('vigie', 'silent') });
    const { facts } = await store.facts('acme').stream('tenant/acme');
    expect(facts.map(({ message }) => message as TenantOnboarded)).toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'tenant.onboarded', name: 'The acme company' })]),
    );
    await store.close();
    const broker = adminBroker(elsewhere);
    expect(await readAll(broker, ['vigie.tenant.state'])).toMatchObject([{ key: 'acme' }]);
    await broker.close();
  });
});
