import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  FindingRaised,
  RulesetAddException,
  RulesetExceptionApplied,
  RulesetExceptionEnded,
  RulesetImport,
  RulesetImportParked,
  RulesetLoaded,
} from '#contracts';
import { OPERATOR, DAY_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { detection } from '../src/detection.module.js';
import { batchOf, eventOf, LSASS_DUMP, rule, ruleFile } from './samples.js';

const started = (image: string, fields: object = {}) => ({
  ...LSASS_DUMP,
  CommandLine: '',
  Image: `C:\\x\\${image}`,
  ...fields,
});

describe('rules of tenants, Kafka in and Kafka out', () => {
  const cache = mkdtempSync(join(tmpdir(), 'compiled-rules-'));
  let world: World;
  /** What the service is given beside, at its next start. */
  let bounds: Record<string, string> = {};
  beforeAll(async () => {
    world = await startWorld([detection], {
      environment: { detection: () => ({ CHECKPOINT_EVERY_MS: '100', RULES_CACHE_DIR: cache, ...bounds }) },
    });
  });
  afterAll(async () => {
    await world?.stop();
    rmSync(cache, { recursive: true, force: true });
  });

  const raised = (tenant: string) => world.heard<FindingRaised>('finding.raised', tenant).map(({ message }) => message);
  const rulesRaised = (tenant: string, host: string) =>
    raised(tenant)
      .filter(({ groupKey }) => groupKey === `host:${host}`)
      .map(({ rule: { id } }) => id);
  const loaded = (tenant: string, importId: string) =>
    world.until(`${importId} to run`, () =>
      world
        .heard<RulesetLoaded>('ruleset.loaded', tenant)
        .map(({ message }) => message)
        .find((one) => one.importId === importId),
    );
  const importOwn = async (tenant: string, importId: string, ...files: ReturnType<typeof rule>[]) => {
    const request: RulesetImport = { type: 'ruleset.import', importId, part: 1, parts: 1, files };
    expect(await world.ask(tenant, request)).toMatchObject({ outcome: 'DONE' });
    expect(await world.ask(tenant, request)).toMatchObject({ outcome: 'UNCHANGED' });
    return loaded(tenant, importId);
  };
  let hosts = 0;
  /** Rules that a process start raises at a tenant; an event of a built-in rule after it tells that it was handled. */
  const runs = async (tenant: string, native: object, ingestedAt = world.clock.now()): Promise<string[]> => {
    const [host, after] = [`h${(hosts += 1)}`, `after${hosts}`];
    await world.say(tenant, batchOf([eventOf(native, { entity: `host:${host}`, ingestedAt })]));
    await world.say(
      tenant,
      batchOf([eventOf({ ...LSASS_DUMP, Computer: after }, { entity: `host:${after}`, ingestedAt })]),
    );
    await world.until('the event after it', () => raised(tenant).some(({ groupKey }) => groupKey.includes(after)));
    return rulesRaised(tenant, host);
  };

  it('run for their tenant and no other, also after a restart and a redelivery', async () => {
    const told = await importOwn('acme', 'one', rule('acme-own', 'a.exe'));
    expect(told).toMatchObject({
      rules: [{ ruleId: 'acme-own', techniques: ['T1059'] }],
      failures: [],
      versions: [{ ruleId: 'acme-own' }],
    });
    expect(await runs('acme', started('a.exe'))).toEqual(['acme-own']);
    expect(await runs('globex', started('a.exe'))).toEqual([]);
    expect(raised('acme').find((one) => one.rule.id === 'acme-own')?.ruleVersion).toBe(told.versions?.[0]?.version);
    expect(readdirSync(cache)).toHaveLength(1);
    await world.restart('detection');
    expect(readdirSync(cache)).toHaveLength(1);
    expect(await runs('acme', started('a.exe'))).toEqual(['acme-own']);
    await world.rewind('detection', 'requests');
    expect(await runs('globex', started('a.exe'))).toEqual([]);
    expect(world.heard('ruleset.loaded', 'globex')).toEqual([]);
  });

  it('may have an id of another tenant, but none of a rule for everybody', async () => {
    const builtIn = raised('acme').find(({ rule: { id } }) => id !== 'acme-own')?.rule.id ?? '';
    const told = await importOwn('globex', 'two', rule('acme-own', 'g.exe'), rule(builtIn, 'g.exe'));
    expect(told.failures).toMatchObject([
      {
        file: `own/${builtIn}.yml`,
        line: 1,
        reason: expect.stringContaining('already used by a rule that runs for everybody') as string,
      },
    ]);
    expect(await runs('globex', started('g.exe'))).toEqual(['acme-own']);
    expect(await runs('acme', started('g.exe'))).toEqual([]);
  });

  it('see values of their own tenant for placeholders', async () => {
    await importOwn('hooli', 'three', ruleFile('waits', "CommandLine|expand: '%tools%'"));
    expect(await runs('hooli', started('h.exe', { CommandLine: 'nmap' }))).toEqual([]);
    await world.ask('hooli', { type: 'ruleset.set-placeholder', name: 'tools', values: ['nmap', 'masscan'] });
    await world.until(
      'the rule to wake',
      async () => (await runs('hooli', started('h.exe', { CommandLine: 'nmap' }))).length > 0,
    );
  });

  it('have exceptions of their own tenant, which count what they let pass and end by themselves', async () => {
    const exception: RulesetAddException = {
      type: 'ruleset.add-exception',
      exceptionId: 'x1',
      ruleId: 'acme-own',
      where: [{ field: 'CommandLine|startswith', values: ['backup * '] }],
      owner: 'Ada',
      reason: 'the nightly backup',
      expiresAt: world.clock.now() + DAY_MS,
    };
    const backup = started('a.exe', { CommandLine: 'backup * /all' });
    expect(await runs('acme', backup)).toEqual(['acme-own']);
    expect(await world.ask('acme', exception)).toMatchObject({ outcome: 'DONE' });
    await world.until('the exception to hold', async () => (await runs('acme', backup)).length === 0);
    expect(await runs('acme', started('a.exe', { CommandLine: 'backup x /all' }))).toEqual(['acme-own']);
    await importOwn('initech', 'four', rule('acme-own', 'a.exe'));
    expect(await runs('initech', backup)).toEqual(['acme-own']);

    world.clock.advance(61_000);
    const counts = () =>
      world.heard<RulesetExceptionApplied>('ruleset.exception-applied', 'acme').map(({ message }) => message);
    await world.until('what it let pass to be told', () =>
      counts().some(({ exceptionId, suppressed }) => exceptionId === 'x1' && suppressed >= 1),
    );
    expect(world.heard('ruleset.exception-applied', 'initech')).toEqual([]);

    world.clock.advance(DAY_MS);
    const [ended] = await world.until('the end', () => {
      const all = world.heard<RulesetExceptionEnded>('ruleset.exception-ended', 'acme');
      return all.length > 0 && all;
    });
    expect(ended?.message).toMatchObject({ exceptionId: 'x1', expired: true, by: { side: 'SYSTEM' } });
    expect(await runs('acme', backup)).toEqual(['acme-own']);
  });

  it('are exchanged, as those for everybody are, while events flow', async () => {
    const many = (prefix: string) =>
      Array.from({ length: 150 }, (_, index) =>
        ruleFile(`${prefix}-${index}`, `CommandLine|contains: '${prefix} ${index} '`),
      );
    await world.ask(OPERATOR, {
      type: 'ruleset.import',
      importId: 'all',
      part: 1,
      parts: 1,
      files: many('everybody'),
    });
    await world.ask('acme', {
      type: 'ruleset.import',
      importId: 'five',
      part: 1,
      parts: 1,
      files: [...many('acme'), rule('acme-own', 'a.exe')],
    });
    const isLoaded = (tenant: string, importId: string) =>
      world.heard<RulesetLoaded>('ruleset.loaded', tenant).some(({ message }) => message.importId === importId);
    let sent = 0;
    while (sent < 20 || !isLoaded(OPERATOR, 'all') || !isLoaded('acme', 'five')) {
      await world.say(
        'acme',
        batchOf([eventOf(started('a.exe'), { entity: `host:flow${(sent += 1)}`, ingestedAt: world.clock.now() })]),
      );
    }
    await world.until(
      'every event to be found',
      () => raised('acme').filter(({ groupKey }) => groupKey.startsWith('host:flow')).length === sent,
    );
    const native = { ...started('n.exe'), CommandLine: 'acme 7 everybody 9 ' };
    // A tenant with rules of its own has the new ones for everybody as soon as both are made.
    await world.until('both to run at acme', async () => (await runs('acme', native)).join() === 'everybody-9,acme-7');
    await world.until(
      'those for everybody alone to run at globex',
      async () => (await runs('globex', native)).join() === 'everybody-9',
    );
    expect(world.deadLetters('detection')).toEqual([]);
  });

  it('that cannot be compiled are parked and told: those before run on, others are not kept waiting, and the service starts', async () => {
    await importOwn('umbrella', 'six', rule('umbrella-own', 'u.exe'));
    const parked = () =>
      world.heard<RulesetImportParked>('ruleset.import-parked', 'umbrella').map(({ message }) => message);
    // Each part is fine by itself.
    const large = (part: number) =>
      Array.from({ length: 3 }, (_, index) =>
        ruleFile(
          `large-${part}-${index}`,
          `CommandLine: [${Array.from({ length: 19_900 }, (__, value) => `v${value}`).join(',')}]`,
        ),
      );
    for (const part of [1, 2])
      await world.ask('umbrella', {
        type: 'ruleset.import',
        importId: 'large',
        part,
        parts: 2,
        files: large(part),
      });
    await world.until('the import to be parked', () => parked().some(({ importId }) => importId === 'large'));
    expect(parked()).toMatchObject([
      {
        importId: 'large',
        reason: expect.stringContaining('all rules together would make more than 100000 texts') as string,
      },
    ]);
    expect(await runs('umbrella', started('u.exe'))).toEqual(['umbrella-own']);

    bounds = { TENANT_RULES_MB: '1' };
    await world.restart('detection');
    const request: RulesetImport = {
      type: 'ruleset.import',
      importId: 'seven',
      part: 1,
      parts: 1,
      files: [rule('umbrella-own', 'v.exe')],
    };
    expect(await world.ask('umbrella', request)).toMatchObject({ outcome: 'DONE' });
    await world.until('the import to be parked', () => parked().some(({ importId }) => importId === 'seven'));
    expect(parked().find(({ importId }) => importId === 'seven')?.reason).toBe(
      'compiling the rules took more than 1 MB',
    );
    await runs('wayne', LSASS_DUMP);

    bounds = {};
    await world.restart('detection');
    expect(await runs('umbrella', started('v.exe'))).toEqual(['umbrella-own']);
    bounds = { TENANT_RULES_MS: '1' };
    await world.restart('detection');
    expect(await runs('umbrella', started('w.exe'))).toEqual([]);
    // Each is parked in its turn, from the last back to the first; what is told comes after what runs.
    const late = () =>
      parked()
        .filter(({ reason }) => reason === 'compiling the rules took longer than 0.001 s')
        .map(({ importId }) => importId);
    await world.until('all to be parked', () => late().length >= 3);
    expect(late()).toEqual(['seven', 'large', 'six']);
    const told = parked().length;
    await world.restart('detection');
    await runs('umbrella', LSASS_DUMP);
    expect(parked()).toHaveLength(told);
    bounds = {};
    await world.restart('detection');
    expect(world.deadLetters('detection')).toEqual([]);
  });

  it('that ask for too much are refused, with file, rule and limit', async () => {
    const bomb = {
      path: 'own/bomb.yml',
      text: ruleFile('bomb', "CommandLine: 'x'").text.replace('TenantAdditions rule bomb', 't'.repeat(440_000)),
    };
    const answer = await world.ask('umbrella', {
      type: 'ruleset.import',
      importId: 'eight',
      part: 1,
      parts: 1,
      files: [rule('fine', 'f.exe'), bomb],
    });
    expect(answer).toMatchObject({
      outcome: 'REFUSED',
      code: 'RULES_TOO_LARGE',
      message: "own/bomb.yml:1: 'title' has 440000 characters; it may have 200",
    });
  });

  it('end with an import without files', async () => {
    await importOwn('acme', 'none');
    expect(await runs('acme', started('a.exe'))).toEqual([]);
  });
});
