import { BadEvent, compile, ruleTests, type RuleSet } from './index.js';
import { compileOne, native, ruleText } from '../test/rules.js';

const load = (...texts: string[]): RuleSet => compile(texts.map((text, index) => ({ path: `${index + 1}.yml`, text })));
const rule = (id: string, more = '', field = 'a'): string =>
  `title: rule ${id}\nid: ${id}\n${more}logsource: {product: test}\ndetection:\n  s: {${field}: 1}\n  condition: s\n`;
const matching = (set: RuleSet, event: Record<string, number | string>): string[] =>
  set.match({ logsource: { product: 'test' }, native: native(event) });

describe('what a rule says about itself', () => {
  it('is read', () => {
    const text = `${rule('x', 'name: my_rule\nlevel: high\nstatus: test\ndescription: |\n  what it is\ntags: [attack.t1059.001, attack.credential_access, attack.s0002, cve.2021-1]\nfalsepositives: [admins]\nfields: [a]\nauthor: Ada\n')}vigie:\n  groupBy: [a, b]\n  windowMinutes: 60\n  runbook: look\n`;
    expect(load(text).rules[0]).toMatchObject({
      id: 'x',
      name: 'my_rule',
      title: 'rule x',
      level: 'high',
      status: 'test',
      description: 'what it is',
      techniques: ['T1059.001'],
      tactics: ['credential-access'],
      falsepositives: ['admins'],
      fields: ['a'],
      author: 'Ada',
      logsource: { product: 'test' },
      groupBy: ['a', 'b'],
      windowMinutes: 60,
      runbook: 'look',
      needs: [],
      file: '1.yml',
      line: 1,
    });
  });
  it('may lack an id and a level', () =>
    expect(load('title: t\nlogsource: {product: test}\ndetection: {s: {a: 1}, condition: s}\n').rules[0]).toMatchObject(
      { id: '1.yml#1', level: 'medium' },
    ));
});

describe('what cannot be loaded', () => {
  it.each([
    ['a: [', 1, 'not valid YAML'],
    ['title: a\ntitle: b\n', 2, 'not valid YAML: Map keys must be unique'],
    ['- a\n', 1, 'a rule must be a map'],
    ['', 1, 'holds no rule'],
    ['id: x\n', 1, "'title' is missing"],
    ['title: t\nlogsource: {definition: x}\n', 2, "'logsource' names no product, category or service"],
    ['title: t\nlogsource: {product: p}\n', 1, 'must be a map of search identifiers and a condition'],
    [`${rule('x')}level: severe\n`, 7, "'severe' is not a level"],
    [
      'title: t\nlogsource: {product: p}\ndetection:\n  s:\n    a|foo: 1\n  condition: s\n',
      5,
      "unknown modifier 'foo'",
    ],
    [
      'title: t\nlogsource: {product: p}\ndetection:\n  s:\n    a|re:\n      - fine\n      - "("\n  condition: s\n',
      7,
      'not a valid regular expression',
    ],
    [
      `${rule('x')}vigie:\n  tests:\n    - name: n\n      event: 1\n      matches: true\n`,
      10,
      "a test needs an 'event' map",
    ],
    [`${rule('x')}vigie: {colour: red}\n`, 7, "unknown key 'colour'"],
  ])('is told with file, line and reason (%#)', (text, line, reason) => {
    const set = load(text, rule('good'));
    expect(set.failures).toHaveLength(1);
    expect(set.failures[0]).toMatchObject({ file: '1.yml', line });
    expect(set.failures[0]?.reason).toContain(reason);
    expect(set.rules.map(({ id }) => id)).toEqual(['good']);
  });
  it('is told when it is nested beyond reason', () => {
    const conditions = `s: {a: 1}\ncondition: ${'('.repeat(300)}s${')'.repeat(300)}`;
    expect(compileOne(conditions).failures[0]?.reason).toContain('parentheses are nested too deeply');
    expect(load(`title: ${'['.repeat(20_000)}`).failures).toHaveLength(1);
  });
  it('a second rule with the same id is one of them', () => {
    expect(load(rule('x'), rule('x')).failures).toEqual([
      { file: '2.yml', line: 2, reason: 'the id x is already used in 1.yml' },
    ]);
  });
});

describe('several documents in a file', () => {
  it('are rules of their own', () =>
    expect(load(`${rule('x')}---\n${rule('y')}`).rules.map(({ id }) => id)).toEqual(['x', 'y']));
  it('may share a global part, until it is reset', () => {
    const text = `action: global\nlevel: critical\nlogsource: {product: test}\n---\ntitle: one\nid: one\ndetection: {s: {a: 1}, condition: s}\n---\naction: reset\n${rule('two')}`;
    expect(load(text).rules.map(({ id, level }) => [id, level])).toEqual([
      ['one', 'critical'],
      ['two', 'medium'],
    ]);
  });
  it('may repeat the one before', () => {
    const set = load(`${rule('one', 'level: low\n')}---\naction: repeat\nid: two\ndetection: {s: {a: 2}}\n`);
    expect(set.rules.map(({ id, level }) => [id, level])).toEqual([
      ['one', 'low'],
      ['two', 'low'],
    ]);
    expect(matching(set, { a: 2 })).toEqual(['two']);
  });
});

describe('placeholders', () => {
  it('nobody filled keep a rule asleep and named', () => {
    const detection = "s:\n  a: 1\nf:\n  b|expand: '%admins%'\ncondition: s and not f";
    const asleep = compileOne(detection);
    expect(asleep.rules[0]?.needs).toEqual(['admins']);
    expect(matching(asleep, { a: 1 })).toEqual([]);
    const awake = compileOne(detection, { placeholders: { admins: ['ada'] } });
    expect(matching(awake, { a: 1, b: 'bob' })).toEqual(['r']);
    expect(matching(awake, { a: 1, b: 'ADA' })).toEqual([]);
  });
});

describe('filters', () => {
  const filter = (rules: string): string =>
    `title: f\nlogsource: {product: test}\nfilter:\n  rules: ${rules}\n  selection:\n    user|startswith: adm_\n  condition: not selection\n`;
  it('are joined to the rules they name, by id or name', () => {
    const set = load(rule('x'), rule('y', 'name: why\n'), rule('z'), filter('[x, why]'));
    expect(set.failures).toEqual([]);
    expect(matching(set, { a: 1, user: 'adm_1' })).toEqual(['z']);
    expect(matching(set, { a: 1, user: 'ada' })).toEqual(['x', 'y', 'z']);
  });
  it("may name 'any'", () => expect(matching(load(rule('x'), filter('any')), { a: 1, user: 'adm_1' })).toEqual([]));
  it('that name no loaded rule are told', () => {
    expect(load(rule('x'), filter('[nobody]')).failures).toEqual([
      { file: '2.yml', line: 4, reason: "the filter names 'nobody', which is no loaded rule of its logsource" },
    ]);
  });
});

describe('correlations', () => {
  const correlation = (body: string): string =>
    `title: c\nid: c\ncorrelation:\n${body
      .split('\n')
      .map((line) => `  ${line}`)
      .join('\n')}\n`;
  it('are read and kept aside, their names resolved', () => {
    const set = load(
      rule('x', 'name: ex\n'),
      correlation(
        'type: value_count\nrules: [ex]\ngroup-by: [host]\ntimespan: 15m\ncondition:\n  field: user\n  gt: 5\n  lte: 9\naliases:\n  who:\n    ex: user',
      ),
    );
    expect(set.failures).toEqual([]);
    expect(set.correlations).toEqual([
      expect.objectContaining({
        id: 'c',
        type: 'value_count',
        rules: ['x'],
        groupBy: ['host'],
        timespanMs: 900_000,
        generate: false,
        aliases: { who: { x: 'user' } },
        condition: {
          field: ['user'],
          comparisons: [
            { operator: 'gt', value: 5 },
            { operator: 'lte', value: 9 },
          ],
        },
      }),
    ]);
  });
  it.each(['event_count', 'temporal', 'temporal_ordered', 'value_sum', 'value_avg', 'value_percentile'])(
    'of type %s are known',
    (type) => {
      expect(
        load(
          rule('x'),
          correlation(`type: ${type}\nrules: [x]\ngroup-by: [h]\ntimespan: 1h\ncondition: {field: n, gte: 2}`),
        ).failures,
      ).toEqual([]);
    },
  );
  it.each([
    ['type: sometimes\nrules: [x]\ntimespan: 1h', 4, "'sometimes' is not a correlation type"],
    [
      'type: event_count\nrules: [x]\ntimespan: soon\ncondition: {gte: 2}',
      6,
      "'timespan' must be a number and s, m, h or d",
    ],
    [
      'type: event_count\nrules: [nobody]\ntimespan: 1h\ncondition: {gte: 2}',
      5,
      "the correlation refers to 'nobody', which is not loaded",
    ],
    [
      'type: event_count\nrules: [c]\ntimespan: 1h\ncondition: {gte: 2}',
      5,
      'the correlation rests on itself, or on one that is not loaded',
    ],
    ['type: value_count\nrules: [x]\ntimespan: 1h\ncondition: {gte: 2}', 7, "'value_count' needs a 'field'"],
  ])('with a mistake are told (%#)', (body, line, reason) => {
    const { failures } = load(rule('x'), correlation(body));
    expect(failures[0]).toMatchObject({ file: '2.yml', line });
    expect(failures[0]?.reason).toContain(reason);
  });
  it('that refer to each other twice do not unfold without end', () => {
    const doubled = Array.from({ length: 40 }, (_, index) =>
      correlation(
        `type: temporal\nrules: [${index === 0 ? 'x, x' : `c${index - 1}, c${index - 1}`}]\ntimespan: 1h`,
      ).replace('id: c', `id: c${index}`),
    );
    const { correlations, failures } = load(rule('x'), ...doubled);
    expect(correlations.map(({ id }) => id)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5']);
    expect(failures).toHaveLength(34);
    expect(failures[0]?.reason).toContain('rests on more than 200 rules');
  });
});

describe('a rule set', () => {
  it('runs a rule only where everything its logsource names is equal', () => {
    const set = compileOne('s:\n  a: 1\ncondition: s');
    const at = (logsource: Record<string, string> | Record<string, string>[]): string[] =>
      set.match({ logsource, native: native({ a: 1 }) });
    expect(at({ product: 'TEST', service: 'x' })).toEqual(['r']);
    expect(at([{ product: 'other' }, { product: 'test', category: 'c' }])).toEqual(['r']);
    expect(at({ product: 'other' })).toEqual([]);
    expect(at([])).toEqual([]);
  });
  it('reads fields as rules do', () => {
    const event = {
      logsource: 'windows',
      native: native({ Channel: 'Security', EventID: 4688, NewProcessName: 'C:\\a.exe', Hostname: 'H1' }),
    } as const;
    expect(load().read(event, ['Image', 'Computer', 'EventID', 'Nothing'])).toEqual({
      Image: 'C:\\a.exe',
      Computer: 'H1',
      EventID: '4688',
    });
  });
  it.each(['{', '[]', '1', 'null', ''])('refuses %j as an event', (text) => {
    expect(() =>
      load(rule('x')).match({ logsource: { product: 'test' }, native: new TextEncoder().encode(text) }),
    ).toThrow(BadEvent);
  });
  it('refuses an event nested beyond reason', () => {
    const deep = new TextEncoder().encode(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(() => load(rule('x')).match({ logsource: { product: 'test' }, native: deep })).toThrow(BadEvent);
  });
  it('runs the tests inside rules', () => {
    const set = load(
      `${rule('x')}vigie:\n  tests:\n    - {name: hit, event: {a: 1}, matches: true}\n    - {name: wrong, event: {a: 2}, matches: true}\n`,
    );
    expect(ruleTests(set).map(({ test, passed }) => [test, passed])).toEqual([
      ['hit', true],
      ['wrong', false],
    ]);
  });
  it('does not let one event leak into the next', () => {
    const set = load(rule('x'), rule('y', '', 'b'));
    expect([matching(set, { a: 1 }), matching(set, { b: 1 }), matching(set, {})]).toEqual([['x'], ['y'], []]);
  });
});

it('ruleText is what the specs think it is', () =>
  expect(ruleText('s:\n  a: 1\ncondition: s').split('\n')[4]).toBe('detection:'));
