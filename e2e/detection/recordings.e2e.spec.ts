import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HOUR_MS } from '#libs/terms';
import { idsInLake } from '../../services/hunting/src/lake/ids.js';
import { readRules } from '#libs/rules/loading';
import { besideCheckout, until } from '#libs/testing';
import {
  addPartner,
  awaitReceipt,
  grant,
  importRules,
  onboard,
  type RecordingReceipt,
  replay,
  type SentRecording,
  setStage,
  type Stage,
  type TenantPlan,
} from '../../cli/src/index.js';
import { install, type TestInstallation } from '../support/installation.js';
import { expectedPairs, pairsFound, type RuleOnHost } from './rules-on-hosts.js';
import { quiet } from '../support/quiet.js';

/** The developers' recordings, where they are. */
const data = besideCheckout('shared/data', 'expected/sigma-on-otrf.jsonl');

const WINDOWS = 'otrf/atomic/windows/lateral_movement/host';
const GOLDEN = ['AADAuditEvents', 'Microsoft365DefenderEvents', 'OfficeActivityEvents', 'WindowsEvents'];
const RECORDINGS = {
  psexec: `${WINDOWS}/empire_psexec_dcerpc_tcp_svcctl.zip`,
  purplesharp: `${WINDOWS}/purplesharp_ad_playbook_I.zip`,
  lsass: 'otrf/compound/LSASS_campaign_01/metasploit_logonpasswords_lsass_memory_dump.zip',
};
const plan = (prefix: string, sources: string[]): TenantPlan => ({
  name: prefix,
  prefix,
  language: 'EN',
  timeZone: 'UTC',
  policy: { mode: 'NOTIFY' },
  contacts: [],
  assets: [],
  identities: [],
  connectors: [],
  sources: sources.map((name) => ({ name, kind: 'WINDOWS' })),
});
const PLANS: Record<string, TenantPlan> = {
  shire: plan('SHR', ['psexec', 'lsass']),
  purple: plan('PUR', ['purplesharp']),
  golden: plan(
    'GLD',
    GOLDEN.map((name) => name.toLowerCase()),
  ),
};

const suite = data ? describe : describe.skip;
suite(data ? "recorded attacks, with SigmaHQ's rules" : 'recorded attacks (skipped: no ../shared/data)', () => {
  let installed: TestInstallation;
  let stage: Stage;
  const imported = new Set<string>();
  const inPack = (path: string): string => join(data ?? '', path);

  beforeAll(async () => {
    installed = await install();
    stage = await setStage(installed.up, () => undefined);
    for (const [tenant, agreed] of Object.entries(PLANS)) {
      await onboard(stage.admin, tenant, agreed, installed.up.installation);
      for (const { name } of agreed.sources) await addPartner(installed.up.stack, tenant, name);
    }
    await grant(stage.admin, 'ada@provider', 'ANALYST', Object.keys(PLANS));
  }, 240_000);

  afterAll(async () => {
    if (installed) expect(await installed.leave()).toEqual([]);
  }, 60_000);

  const tell = async (
    tenant: string,
    source: string,
    path: string,
    endsAt: number,
  ): Promise<SentRecording & RecordingReceipt> => {
    const { broker } = installed;
    const sent = await replay({
      broker,
      tenant,
      source,
      files: [inPack(path)],
      shift: true,
      now: endsAt,
      progress: () => undefined,
    });
    return { ...sent, ...(await awaitReceipt(broker, sent, () => undefined)) };
  };
  const cases = async (tenant: string): Promise<number> => {
    const { cases: all } = await stage.analyst.ask<{ cases: { edges: { node: { mergedInto?: string } }[] } }>(
      'query($tenants: [ID!]) { cases(tenants: $tenants, first: 200) { edges { node { mergedInto } } } }',
      { tenants: [tenant] },
    );
    return all.edges.filter(({ node }) => !node.mergedInto).length;
  };
  /** Compares with the independent engine, and lists what is ours alone. */
  const compare = async (
    tenant: string,
    source: string,
    recording: string,
  ): Promise<{ expected: RuleOnHost[]; missing: RuleOnHost[]; extra: RuleOnHost[] }> => {
    const expected = expectedPairs(readFileSync(inPack('expected/sigma-on-otrf.jsonl'), 'utf8'), recording);
    const found = (await pairsFound(installed.broker, tenant, source)).filter(({ rule }) => imported.has(rule));
    const has = (list: RuleOnHost[], { rule, host }: RuleOnHost): boolean =>
      list.some((one) => one.rule === rule && one.host === host);
    const [missing, extra] = [expected.filter((one) => !has(found, one)), found.filter((one) => !has(expected, one))];
    process.stderr.write(
      `${recording}: ${expected.length} pairs expected, ${missing.length} missing, ${extra.length} more\n${extra.map(({ rule, host, title }) => `  ${rule} ${host} ${title}\n`).join('')}`,
    );
    return { expected, missing, extra };
  };

  it('the rules are imported through GraphQL and run', async () => {
    const files = readRules(inPack('sigma/sigma-rules.tar.gz'));
    for (const { text } of files) imported.add(/^id: (\S+)/m.exec(text)?.[1] ?? '');
    const { rules, failures, running } = await importRules(
      { admin: stage.admin, stack: installed.up.stack },
      files,
      () => undefined,
    );
    expect(failures).toEqual([]);
    expect(rules).toBe(3_693);
    expect(running).toBeGreaterThan(rules);
  }, 300_000);

  it('PsExec raises at least the pairs of the independent engine, and ends as at most 2 cases', async () => {
    const { lines, accepted, dead } = await tell('shire', 'psexec', RECORDINGS.psexec, Date.now() - 7 * HOUR_MS);
    expect({ accepted, dead }).toEqual({ accepted: lines, dead: 0 });
    await quiet(installed.broker);
    const { expected, missing, extra } = await compare('shire', 'psexec', RECORDINGS.psexec);
    expect(missing).toEqual([]);
    expect(extra.length).toBeLessThanOrEqual(expected.length / 2);
    const count = await cases('shire');
    expect(count).toBeGreaterThanOrEqual(1);
    expect(count).toBeLessThanOrEqual(2);
  }, 300_000);

  it('PurpleSharp raises at least the pairs of the independent engine', async () => {
    const { lines, accepted, dead } = await tell('purple', 'purplesharp', RECORDINGS.purplesharp, Date.now());
    expect({ accepted, dead }).toEqual({ accepted: lines, dead: 0 });
    await quiet(installed.broker);
    const { expected, missing, extra } = await compare('purple', 'purplesharp', RECORDINGS.purplesharp);
    expect(missing).toEqual([]);
    expect(extra.length).toBeLessThanOrEqual(expected.length / 2);
  }, 600_000);

  it('LSASS_campaign_01, on other hosts six hours after PsExec at the same customer, raises its pairs and is a case of its own', async () => {
    const before = await cases('shire');
    const { lines, accepted, dead } = await tell('shire', 'lsass', RECORDINGS.lsass, Date.now());
    expect({ accepted, dead }).toEqual({ accepted: lines, dead: 0 });
    await quiet(installed.broker);
    const { expected, missing, extra } = await compare('shire', 'lsass', RECORDINGS.lsass);
    expect(missing).toEqual([]);
    expect(extra.length).toBeLessThanOrEqual(expected.length / 2);
    expect(await cases('shire')).toBeGreaterThanOrEqual(before + 1);
  }, 900_000);

  it('the four files of GoldenSAML are read and lie in the lake', async () => {
    let events = 0;
    for (const name of GOLDEN) {
      const { accepted, dead } = await tell(
        'golden',
        name.toLowerCase(),
        `otrf/compound/GoldenSAMLADFSMailAccess/${name}.Zip`,
        Date.now(),
      );
      expect(dead).toBe(0);
      expect(accepted).toBeGreaterThan(0);
      events += accepted;
    }
    const lake = resolve(installed.up.installation.dir, 'lake');
    await until('all events to lie in the lake', async () => (await idsInLake(lake, 'golden')).length === events);
  }, 240_000);
});
