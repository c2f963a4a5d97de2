import type { RulesetExceptionAdded } from '#contracts';
import { event } from '../../test/domain-samples.js';
import { compileRules } from './compile-rules.js';
import type { TenantAdditions } from './tenant-additions.js';
import { CompileFailed } from '#libs/rules/loading';
import type { CompileAdditions } from './tenant-parts.js';
import { tenantRules } from './tenant-rules.js';

const WINDOW_MS = 3_600_000;
const compile: CompileAdditions = (files, placeholders, known) => compileRules(files, WINDOW_MS, placeholders, known);
const rule = (id: string, condition: string) => ({
  path: `${id}.yml`,
  text: `title: Rule ${id}\nid: ${id}\nlevel: high\nlogsource: { product: windows, category: process_creation }\ndetection:\n  selection:\n    ${condition}\n  condition: selection\n`,
});
const GLOBAL = [rule('global', "Image|endswith: '.exe'"), rule('asleep', "User|expand: '%admins%'")];
const by = { subject: 'ada', side: 'PROVIDER' } as const;

const started = (native: object, ingestedAt = 1_000) => ({
  ...event(1),
  ingestedAt,
  native: Buffer.from(
    JSON.stringify({ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\x\\a.exe', ...native }),
  ),
});
const exception = (field: string, ...values: string[]): RulesetExceptionAdded => ({
  type: 'ruleset.exception-added',
  exceptionId: `x ${field}`,
  ruleId: 'global',
  where: [{ field, values }],
  owner: 'Ada',
  reason: 'our own tool',
  expiresAt: 5_000,
  by,
  at: 0,
});

const rulesFor = async (special: Partial<TenantAdditions>) => {
  const passed: string[] = [];
  const global = await compileRules(GLOBAL, WINDOW_MS);
  const rules = await tenantRules(
    global,
    { importId: undefined, under: '', files: [], placeholders: {}, exceptions: [], ...special },
    compile,
    ({ exceptionId }) => passed.push(exceptionId),
  );
  const idsOf = (native: object, ingestedAt?: number): string[] =>
    (rules ?? global).hitsOf('WINDOWS', started(native, ingestedAt), undefined).map(({ detection }) => detection.id);
  return { rules, idsOf, passed };
};

describe('rules of a tenant', () => {
  it('are none of its own when it adds nothing', async () => expect((await rulesFor({})).rules).toBeUndefined());
  it('run beside those for everybody, each with its version', async () => {
    const { rules, idsOf } = await rulesFor({ importId: 'i', files: [rule('own', "CommandLine: 'own'")] });
    expect(idsOf({ CommandLine: 'own' })).toEqual(['global', 'own']);
    expect(rules?.own.running.map(({ ruleId }) => ruleId)).toEqual(['own']);
    expect(rules?.own.versions).toEqual([
      { ruleId: 'own', version: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
    ]);
    expect(rules?.explain('own', 'WINDOWS', started({ CommandLine: 'own' }))).toEqual([
      { selection: 'selection', field: 'CommandLine', value: 'own' },
    ]);
  });
  it('take no id of a rule for everybody, and say so', async () => {
    const { rules, idsOf } = await rulesFor({
      importId: 'i',
      files: [rule('global', "CommandLine: 'own'"), { path: 'broken.yml', text: 'title: [' }],
    });
    expect(idsOf({ CommandLine: 'own', Image: 'C:\\x\\a.com' })).toEqual([]);
    expect(rules?.own.failures).toEqual([
      expect.objectContaining({ file: 'broken.yml' }),
      {
        file: 'global.yml',
        line: 1,
        reason: expect.stringContaining('already used by a rule that runs for everybody') as string,
      },
    ]);
  });
  it('are looked at again when values came before the rule that waits for them', async () => {
    const own = { importId: undefined, under: '', files: [], placeholders: { tools: ['nmap'] }, exceptions: [] };
    expect(await tenantRules(await compileRules(GLOBAL, WINDOW_MS), own, compile, () => undefined)).toBeDefined();
  });
  it('take no id of a correlation for everybody either: that goes on as it is', async () => {
    const often = (id: string, over: string, gte: number) => ({
      path: `${id} ${over}.yml`,
      text: `title: ${id}\nid: ${id}\ncorrelation: { type: event_count, rules: [${over}], group-by: [User], timespan: 1h, condition: { gte: ${gte} } }\n`,
    });
    const global = await compileRules([...GLOBAL, often('often', 'global', 3)], WINDOW_MS);
    const files = [
      rule('own', "CommandLine: 'own'"),
      often('often', 'own', 9),
      often('mine', 'own', 2),
      rule('vigie.rule-disabled', "CommandLine: 'own'"),
    ];
    const rules = await tenantRules(
      global,
      { importId: 'i', under: '', files, placeholders: {}, exceptions: [] },
      compile,
      () => undefined,
    );
    expect(rules?.correlating('often')).toBe(global.correlating('often'));
    const feeds = rules
      ?.hitsOf('WINDOWS', started({ CommandLine: 'own', User: 'Ada' }), undefined)
      .map(({ detection, feeds: of }) => [detection.id, of?.map(({ correlationId }) => correlationId)]);
    expect(feeds).toEqual([
      ['global', ['often']],
      ['own', ['mine']],
    ]);
    expect(rules?.own.failures.map(({ file }) => file)).toEqual(['vigie.rule-disabled.yml', 'often own.yml']);
    expect(rules?.own.running.map(({ ruleId }) => ruleId).sort()).toEqual(['mine', 'own']);
  });
  it('wake what waits for its placeholders', async () => {
    const { idsOf } = await rulesFor({
      placeholders: { admins: ['ada', 'b*'] },
      importId: 'i',
      files: [rule('own', "User|expand: '%admins%'")],
    });
    expect(idsOf({ User: 'Ada', Image: 'x' })).toEqual(['asleep', 'own']);
    expect(idsOf({ User: 'bob', Image: 'x' })).toEqual(['asleep', 'own']);
    expect(idsOf({ User: 'eve', Image: 'x' })).toEqual([]);
  });
});

describe('rules of a tenant that cannot be compiled', () => {
  const own = {
    importId: 'i',
    under: '',
    files: [rule('own', "CommandLine: 'own'")],
    placeholders: { admins: ['ada'] },
    exceptions: [],
  };
  const failing =
    (isFailing: (sources: Parameters<CompileAdditions>[0]) => boolean): CompileAdditions =>
    async (sources, placeholders, known) => {
      if (isFailing(sources)) throw new CompileFailed('compiling the rules took more than 1 MB');
      return compile(sources, placeholders, known);
    };
  it('fail as a whole', async () => {
    const made = tenantRules(
      await compileRules(GLOBAL, WINDOW_MS),
      own,
      failing(([first]) => first?.path === 'own.yml'),
      () => undefined,
    );
    await expect(made).rejects.toThrow(CompileFailed);
  });
  it('fail as a whole when they ask for too much together', async () => {
    const little: CompileAdditions = async (sources, placeholders, known) => ({
      ...(await compile(sources, placeholders, known)),
      failures: [{ file: 'own.yml', line: 1, reason: 'too much', limit: 'allTexts' }],
    });
    await expect(
      tenantRules(await compileRules(GLOBAL, WINDOW_MS), { ...own, placeholders: {} }, little, () => undefined),
    ).rejects.toThrow('too much');
  });
  it('sleep on when they are those for everybody, and say so', async () => {
    const rules = await tenantRules(
      await compileRules(GLOBAL, WINDOW_MS),
      own,
      failing(([first]) => first?.path === 'asleep.yml'),
      () => undefined,
    );
    expect(rules?.own.failures).toEqual([
      { file: 'placeholders', line: 1, reason: expect.stringContaining('took more than 1 MB') as string },
    ]);
    expect(
      rules
        ?.hitsOf('WINDOWS', started({ CommandLine: 'own', User: 'ada' }), undefined)
        .map(({ detection }) => detection.id),
    ).toEqual(['global', 'own']);
  });
});

it('the text of a correlation is that of its rules, too', async () => {
  const correlation = (id: string, over: string) => ({
    path: `${id}.yml`,
    text: `title: ${id}\nid: ${id}\ncorrelation: { type: event_count, rules: [${over}], group-by: [User], timespan: 1h, condition: { gte: 3 } }\n`,
  });
  const loaded = await compileRules(
    [...GLOBAL, correlation('often', 'global'), correlation('again', 'often')],
    WINDOW_MS,
  );
  const paths = (id: string): string[] =>
    loaded
      .sourcesOf(id)
      .map(({ path }) => path)
      .sort();
  expect([paths('again'), paths('global'), paths('none')]).toEqual([
    ['again.yml', 'global.yml', 'often.yml'],
    ['global.yml'],
    [],
  ]);
});

describe('an exception', () => {
  const suppresses = async (one: RulesetExceptionAdded, native: object, ingestedAt?: number): Promise<boolean> => {
    const { idsOf, passed, rules } = await rulesFor({ exceptions: [one] });
    expect(rules?.own.failures).toEqual([]);
    const raised = idsOf(native, ingestedAt).includes('global');
    expect(passed).toHaveLength(raised ? 0 : 1);
    return !raised;
  };
  it('lets matches pass that meet all of its conditions', async () => {
    const both = {
      ...exception('CommandLine|contains', 'scan'),
      where: [
        { field: 'CommandLine|contains', values: ['scan', 'probe'] },
        { field: 'User', values: ['svc'] },
      ],
    };
    expect(await suppresses(both, { CommandLine: 'a Probe b', User: 'SVC' })).toBe(true);
    expect(await suppresses(both, { CommandLine: 'a probe b', User: 'ada' })).toBe(false);
  });
  it('lets no other rule pass', async () => {
    const { idsOf } = await rulesFor({
      exceptions: [exception('CommandLine', 'own')],
      importId: 'i',
      files: [rule('own', "CommandLine: 'own'")],
    });
    expect(idsOf({ CommandLine: 'own' })).toEqual(['own']);
  });
  it('holds for events that came in before it ends, and for no later one', async () => {
    expect(await suppresses(exception('User', 'svc'), { User: 'svc' }, 4_999)).toBe(true);
    expect(await suppresses(exception('User', 'svc'), { User: 'svc' }, 5_000)).toBe(false);
  });
  it.each<[string, string, string]>([
    ['a wildcard', 'a*c', 'abc'],
    ['a question mark', 'a?c', 'abc'],
    ['all', '*', 'anything'],
    ['a placeholder', '%admins%', 'ada'],
    ['the end of a list', "x' ] , selection: '*", 'anything'],
    ['another line', 'x\n  condition: 1 of them', 'anything'],
  ])('takes its values as they are: %s', async (_, value, other) => {
    expect(await suppresses(exception('CommandLine', value), { CommandLine: value })).toBe(true);
    expect(await suppresses(exception('CommandLine', value), { CommandLine: other })).toBe(false);
  });
  it('takes backslashes as they are, one or several', async () => {
    for (const value of ['C:\\Tools\\scan.exe', '\\\\srv\\share', 'x\\*', 'ends\\']) {
      expect(await suppresses(exception('CommandLine', value), { CommandLine: value })).toBe(true);
      expect(await suppresses(exception('CommandLine|endswith', value), { CommandLine: `before ${value}` })).toBe(true);
    }
  });
  it('takes numbers, networks and expressions', async () => {
    expect(await suppresses(exception('ProcessId', '7'), { ProcessId: 7 })).toBe(true);
    expect(await suppresses(exception('ProcessId|lt', '7'), { ProcessId: 6 })).toBe(true);
    expect(await suppresses(exception('SourceIp|cidr', '10.0.0.0/8'), { SourceIp: '10.1.2.3' })).toBe(true);
    expect(await suppresses(exception('CommandLine|re', '^a.c$'), { CommandLine: 'abc' })).toBe(true);
  });
  it('that cannot be understood lets nothing pass, and says so', async () => {
    const { rules, idsOf } = await rulesFor({ exceptions: [exception('CommandLine|re', '(')] });
    expect(idsOf({ CommandLine: '(' })).toEqual(['global']);
    expect(rules?.own.failures).toMatchObject([{ file: 'x CommandLine|re' }]);
  });
  it('from a rule that is not loaded waits for it', async () => {
    const { rules, idsOf } = await rulesFor({ exceptions: [{ ...exception('User', 'svc'), ruleId: 'later' }] });
    expect([rules?.own.failures, idsOf({ User: 'svc' })]).toEqual([[], ['global']]);
  });
});
