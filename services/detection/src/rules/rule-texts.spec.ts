import { compile, GLOBAL, rule, WINDOW_MS } from '../../test/tenant-rule-samples.js';
import { compileRules } from './compile-rules.js';
import { tenantRules } from './tenant-rules.js';

const correlation = (id: string, over: string) => ({
  path: `${id}.yml`,
  text: `title: ${id}\nid: ${id}\ncorrelation: { type: event_count, rules: [${over}], group-by: [User], timespan: 1h, condition: { gte: 3 } }\n`,
});
const filter = (id: string, rules: string) => ({
  path: `${id}.yml`,
  text: `title: ${id}\nlogsource: { product: windows, category: process_creation }\nfilter:\n  rules: ${rules}\n  selection: { User: scanner }\n  condition: not selection\n`,
});
const pathsOf = (files: readonly { path: string }[]): string[] => files.map(({ path }) => path);

describe('the files that decide what a rule finds', () => {
  it('are of a correlation those of its rules, too', async () => {
    const loaded = await compileRules(
      [...GLOBAL, correlation('often', 'global'), correlation('again', 'often')],
      WINDOW_MS,
    );
    expect(pathsOf(loaded.sourcesOf('again'))).toEqual(['global.yml', 'often.yml', 'again.yml']);
    expect(loaded.sourcesOf('none')).toEqual([]);
  });
  it('are those of correlations that name it, for then it may only feed, and of all they rest on', async () => {
    const other = rule('other', "CommandLine: 'other'");
    const loaded = await compileRules([...GLOBAL, other, correlation('often', 'global, other')], WINDOW_MS);
    expect(pathsOf(loaded.sourcesOf('global'))).toEqual(['global.yml', 'other.yml', 'often.yml']);
  });
  it('are those of filters', async () => {
    const loaded = await compileRules([filter('scanners', '[global]'), ...GLOBAL], WINDOW_MS);
    expect(pathsOf(loaded.sourcesOf('global'))).toEqual(['scanners.yml', 'global.yml']);
    expect(loaded.sourcesOf('none')).toEqual([]);
  });
});

describe("the files that decide what a tenant's rule finds", () => {
  const made = async (files: (typeof GLOBAL)[number][], placeholders: Record<string, string[]> = {}) => {
    const global = await compileRules([...GLOBAL, filter('scanners', '[global]')], WINDOW_MS);
    const own = { importId: 'i', under: '', files, placeholders, exceptions: [] };
    const rules = await tenantRules(global, own, compile, () => undefined);
    return (id: string): string[] => pathsOf(rules?.sourcesOf(id) ?? []);
  };
  it('are those of the rules for everybody that its correlation rests on, before its own', async () => {
    const paths = await made([filter('mine', 'any'), rule('own', "User: 'ada'"), correlation('often', 'global, own')]);
    expect(paths('often')).toEqual(['global.yml', 'scanners.yml', 'mine.yml', 'own.yml', 'often.yml']);
    expect(paths('own')).toEqual(['global.yml', 'scanners.yml', 'mine.yml', 'own.yml', 'often.yml']);
  });
  it('are none of its own for a rule for everybody: its correlations do not silence that', async () => {
    const paths = await made([correlation('often', 'global'), rule('global', "User: 'ada'")]);
    expect(paths('global')).toEqual(['global.yml', 'scanners.yml']);
    expect(paths('often')).toEqual(['global.yml', 'scanners.yml', 'often.yml']);
  });
  it('are those for everybody of a rule that its placeholders wake', async () => {
    const paths = await made([rule('own', "User: 'ada'")], { admins: ['ada'] });
    expect([paths('asleep'), paths('none')]).toEqual([['asleep.yml', 'scanners.yml'], []]);
  });
});
