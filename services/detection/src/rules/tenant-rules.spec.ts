import { CompileFailed } from '#libs/rules/loading';
import { compile, GLOBAL, rule, rulesFor, started, WINDOW_MS } from '../../test/tenant-rule-samples.js';
import { compileRules } from './compile-rules.js';
import type { CompileAdditions } from './tenant-parts.js';
import { tenantRules } from './tenant-rules.js';

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
