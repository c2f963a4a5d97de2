import { compile } from '#libs/sigma';
import { byKeys } from './measures.js';
import { plotGrowth } from './plot.js';
import { soManyRules, variantOf } from './variants.js';

const rule = (id: string): { path: string; text: string } => ({
  path: `${id}.yml`,
  text: `title: Rule\nid: ${id}\nlogsource:\n  product: windows\ndetection:\n  selection:\n    Image|endswith: '\\vssadmin.exe'\n    CommandLine|re: 'delete\\s+shadows'\n    EventID: 1\n  filter:\n    - User: SYSTEM\n    - 'keyword'\n  condition: selection and not filter\n`,
});

describe('a variant of a rule', () => {
  const { path, text } = variantOf(rule('a'), 2);
  it('has another id and looks for other words', () => {
    expect([path, text]).toEqual(['a-2.yml', expect.stringContaining("Image|endswith: '\\vss2admin.exe'")]);
    expect(compile([{ path, text }])).toMatchObject({
      failures: [],
      rules: [{ id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/) as string }],
    });
    expect(text).toContain("- 'key2word'");
  });
  it('keeps fields, numbers, expressions and the condition', () =>
    expect(text).toEqual(
      expect.stringMatching(
        /CommandLine\|re: 'delete\\s\+shadows'\n {4}EventID: 1\n[^]*condition: selection and not filter/,
      ),
    ));
});

it('so many rules are the given ones, then variants, all different', () => {
  const set = compile(soManyRules([rule('a'), rule('b')], 7));
  expect([set.rules.length, new Set(set.rules.map(({ id }) => id)).size, set.failures]).toEqual([7, 7, []]);
});

it('keys are counted within bounds', () =>
  expect(byKeys(1_000)).toMatchObject({ size: 1_000, matches: 200_000, evicted: 0, groups: 1_000 }));

it('the curves are drawn as SVG', () => {
  const points = [
    { size: 1, cpuMicros: 2, rssMb: 1 },
    { size: 10, cpuMicros: 3, rssMb: 1 },
  ];
  expect(plotGrowth({ rules: points, tenants: points, ownRules: points, keys: points })).toMatch(
    /^<svg [^]*by correlation keys[^]*<\/svg>\s*$/,
  );
});
