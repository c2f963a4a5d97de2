import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnchorMade, CaseOpened, AnyRequestDraft } from '#contracts';
import type { Heard } from '#libs/model';
import { DAY_MS } from '#libs/terms';
import { malformed, startWorld, type World } from '#libs/testing';
import { openBehind, type Behind } from '../../libs/store/test/tamper.js';
import { cases } from '../../services/cases/src/cases.module.js';
import { tenants } from '../../services/tenants/src/tenants.module.js';
import { streamsOfCase } from '../src/chain/streams-of-case.js';
import { storesAt, type WithStore } from '../src/chain/stores.js';
import { verifiedText } from '../src/chain/verification-text.js';
import { verifyChains, type ChainVerificationInput, type ChainVerification } from '../src/chain/verify.js';
import { fromFile, fromKafka } from '../src/chain/witnesses.js';

const onboard = (tenantId: string): AnyRequestDraft => ({
  type: 'tenant.onboard',
  tenantId,
  name: `The ${tenantId} company`,
  prefix: tenantId.toUpperCase(),
  language: 'EN',
  timeZone: 'Asia/Tokyo',
  tier: 'MDR',
  providerType: 'MIXED',
});
const openCase: AnyRequestDraft = {
  type: 'clustering.open-case',
  title: 'Look at this, please',
  severity: 'HIGH',
  description: '',
  entities: [],
};

describe('vigie chain verify', () => {
  let world: World;
  let withStore: WithStore;
  let behind: Behind;
  let dir: string;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'vigie-anchors-'));
    // From noon on, so that what passes in the test is no midnight.
    let at = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2;
    world = await startWorld([tenants, cases], {
      clock: {
        now: () => at,
        advance: (ms) => {
          at += ms;
        },
      },
    });
    await Promise.all([world.another('tenants'), world.another('tenants')]);
    withStore = storesAt(world.stack.mongoUrl, world.services['tenants']!.runtime.config.TRUSTED_KEYS);
    behind = await openBehind(world.stack.mongoUrl, 'vigie_tenants');
  });
  afterAll(async () => {
    await behind?.close();
    await world?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  const anchors = (tenant: string, subject: string): Heard<AnchorMade>[] =>
    world.heard<AnchorMade>('anchor.made', tenant).filter(({ message }) => message.subject === subject);
  const look = async (rest: Partial<ChainVerificationInput> = {}): Promise<ChainVerification> =>
    verifyChains({
      withStore,
      broker: world.broker,
      witnesses: await fromKafka(world.broker),
      say: () => undefined,
      ...rest,
    });

  it('finds one anchor a day on Kafka, with three replicas of a service', async () => {
    for (const tenant of ['acme', 'globex']) await world.ask(tenant, onboard(tenant));
    const days = [1, 2, 3].map((day) => new Date(world.clock.now() + day * DAY_MS).toISOString().slice(0, 10));
    // A look that began the day before may end on this one: the next comes a minute later.
    const passing = (): false => {
      world.clock.advance(1_000);
      return false;
    };
    for (const day of days) {
      world.clock.advance(DAY_MS);
      await world.until(
        `the anchors of ${day}`,
        () =>
          ['acme', 'globex'].every((tenant) => anchors(tenant, 'tenant').some(({ message }) => message.day === day)) ||
          passing(),
      );
    }
    await world.ask('acme', onboard('acme'));
    for (const tenant of ['acme', 'globex']) {
      const told = anchors(tenant, 'tenant').map(({ message }) => message);
      // A replica that started late may have made one on the day of the start.
      expect(told.map(({ day }) => day).slice(-3)).toEqual(days);
      expect(told.map(({ service, number, streams }) => [service, number, streams])).toEqual(
        told.map((_, index) => ['tenants', index + 1, 1]),
      );
      expect(new Set(told.map(({ day }) => day)).size).toBe(told.length);
    }
  });

  it('says that all is well, and how much that is', async () => {
    const opened = await world.ask('acme', openCase);
    expect(opened.outcome).toBe('DONE');
    await world.until('the case', () => world.heard('case.opened', 'acme').length === 1);
    const verified = await look();
    expect(verified).toMatchObject({ wrong: [], more: 0 });
    expect(verified.compared).toBeGreaterThan(5);
    expect(verifiedText(verified)).toMatch(
      /^\d+ streams, \d+ commits, \d+ anchors, \d+ snapshots verified, \d+ facts on Kafka compared; last anchor at \d{4}-.*\n.*\nnothing was changed, taken out or put back$/,
    );
    const number = world.heard<CaseOpened>('case.opened', 'acme')[0]?.message.number;
    const only = await streamsOfCase(withStore, `acme-${number}`);
    expect(only).toEqual({
      tenant: 'acme',
      streams: { cases: [expect.stringMatching(/^case\/acme\//), 'clustering/acme'], response: [] },
    });
    expect(await look({ only })).toMatchObject({ wrong: [], streams: 2 });
    await expect(streamsOfCase(withStore, 'ACME-999999')).rejects.toThrow(
      'no facts tell of a case ACME-999999: if there was one, vigie chain verify --tenant acme says',
    );
  });

  it('does not say that all is well with a tenant nobody knows', async () => {
    expect(await look({ tenant: 'acme' })).toMatchObject({ wrong: [] });
    await expect(look({ tenant: 'acne' })).rejects.toThrow('no service keeps anything of a tenant acne');
  });

  it('names a deleted tenant, by what anchors and Kafka know of it, and with an exported file when Kafka forgot', async () => {
    const exported: string[] = [];
    await withStore('tenants', async (store) => {
      for await (const anchor of store.chain.anchors('globex')) exported.push(JSON.stringify(anchor));
    });
    const path = join(dir, 'anchors.jsonl');
    writeFileSync(path, exported.join('\n'));
    await behind.commits.deleteMany({ tenant: malformed('globex') });
    const verified = await look();
    expect(verified.wrong[0]).toEqual({
      service: 'tenants',
      tenant: 'globex',
      streamId: 'tenant/globex',
      version: 1,
      problem: expect.stringMatching(/an anchor of .* saw version 1 of it; nothing of it is there any more/),
    });
    expect(verifiedText(verified)).toMatch(
      /^first wrong place: tenants, tenant globex, tenant\/globex, version 1: an anchor of/,
    );
    await behind.anchored.deleteMany({ tenant: malformed('globex') });
    const later = await look({ broker: undefined, witnesses: await fromFile(path, 'anchors.jsonl') });
    expect(later.wrong.map(({ tenant, problem }) => [tenant, problem])).toEqual(
      expect.arrayContaining([
        ['globex', expect.stringMatching(/^the anchor of .* is gone from the store; anchors.jsonl has it$/)],
      ]),
    );
    await expect(fromFile(__filename, 'spec')).rejects.toThrow('line 1 of spec is no anchor');
  });
});
