import { compile, DEFAULT_LIMITS, type CompileOptions, type Failure, type Limits, type RuleSource } from '../index.js';

const rule = (detection: string, more = ''): string =>
  `title: t\nid: bomb\nlogsource: {product: windows}\n${more}detection:\n${detection}\n`;
const selection = (field: string, value: string): string => rule(`  s: { ${field}: ${value} }\n  condition: s`);
const file = (text: string): RuleSource[] => [{ path: 'bomb.yml', text }];
const many = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index));
const values = (count: number, length = 1): string =>
  `[${many(count, (index) => `v${index}${'x'.repeat(length)}`).join(', ')}]`;
const correlation = (section: string, more = ''): RuleSource[] =>
  file(
    `${selection('A', 'b')}---\ntitle: c\nid: c\n${more}correlation:\n  type: event_count\n  rules: [bomb]\n  timespan: 1h\n  condition: { gte: 2 }\n${section}\n`,
  );
const tools = { tools: many(1_000, (index) => `tool-${index}`) };

/** What is small as a file, or looks harmless, and large as rules; and the limit that ends it. */
const BOMBS: [name: string, limit: keyof Limits, sources: RuleSource[], options?: CompileOptions][] = [
  [
    'a placeholder after the other',
    'valueTexts',
    file(selection('A|expand', `'${'%tools%'.repeat(40)}'`)),
    { placeholders: tools },
  ],
  [
    'a placeholder in many values',
    'ruleTexts',
    file(selection('A|expand', `[${many(100, (index) => `'${index} %tools%'`).join(', ')}]`)),
    { placeholders: tools },
  ],
  [
    'many ways to write dashes, times three places in Base64',
    'valueTexts',
    file(selection('A|windash|expand|base64offset', "' -a -b -c -d %tools%'")),
    { placeholders: tools },
  ],
  [
    'a placeholder with long values',
    'textBytes',
    file(selection('A|expand', "'%long%%long%%long%%long%%long%'")),
    { placeholders: { long: ['x'.repeat(1_000)] } },
  ],
  [
    'a long value in every encoding',
    'textBytes',
    file(selection('A|wide|utf16le|base64offset', `'${'x'.repeat(2_000)}'`)),
  ],
  ['values without end', 'ruleTexts', file(selection('A', values(DEFAULT_LIMITS.ruleTexts + 1)))],
  [
    'dashes that the kernel spells out',
    'ruleTexts',
    file(selection('A|windash|contains', `[${many(1_000, (index) => `' -a${index} -b'`).join(', ')}]`)),
  ],
  [
    'a search identifier named again and again',
    'ruleParts',
    file(rule(`  s: { A: ${values(1_000)} }\n  condition: ${many(500, () => 's').join(' or ')}`)),
  ],
  [
    '1 of them again and again',
    'ruleParts',
    file(
      rule(
        `${many(400, (index) => `  s${index}: { A: b }`).join('\n')}\n  condition: ${many(500, () => '1 of them').join(' and ')}`,
      ),
    ),
  ],
  [
    'conditions in a list',
    'ruleParts',
    file(rule(`  s: { A: ${values(1_000)} }\n  condition: [${many(100, () => 's').join(', ')}]`)),
  ],
  [
    'search identifiers without end',
    'ruleSelections',
    file(rule(`${many(501, (index) => `  s${index}: { A: b }`).join('\n')}\n  condition: s1`)),
  ],
  [
    'fields without end',
    'ruleFields',
    file(rule(`  s:\n${many(300, (index) => `    F${index}: x`).join('\n')}\n  condition: s`)),
  ],
  [
    'a field of another field without end',
    'ruleFields',
    file(selection('A|fieldref', `[${many(300, (index) => `F${index}`).join(', ')}]`)),
  ],
  ['a field with a long name', 'fieldLength', file(selection('A'.repeat(300), 'x'))],
  ['an expression without end', 'expressionLength', file(selection('A|re', `'${'a?'.repeat(1_000)}'`))],
  ['expressions without end', 'ruleExpressions', file(selection('A|re', values(600)))],
  ['numbers as keywords', 'ruleExpressions', file(rule(`  s: [${many(600, String).join(', ')}]\n  condition: s`))],
  ['a ? for each character', 'wildcards', file(selection('A', `'*${'?'.repeat(100)}x*'`))],
  ['a title', 'titleLength', file(selection('A', 'b').replace('title: t', `title: ${'t'.repeat(440_000)}`))],
  [
    'a description',
    'descriptionBytes',
    file(rule('  s: { A: b }\n  condition: s', `description: ${'é'.repeat(2_049)}\n`)),
  ],
  ['an id', 'idLength', file(selection('A', 'b').replace('id: bomb', `id: ${'i'.repeat(101)}`))],
  ['tags', 'listLength', file(rule('  s: { A: b }\n  condition: s', `tags: ${values(101)}\n`))],
  ['a reference', 'lineLength', file(rule('  s: { A: b }\n  condition: s', `references: [${'r'.repeat(1_001)}]\n`))],
  [
    'a runbook',
    'proseBytes',
    file(rule('  s: { A: b }\n  condition: s', `vigie: { runbook: ${'r'.repeat(9_000)} }\n`)),
  ],
  ['the name of a search identifier', 'idLength', file(rule(`  ${'s'.repeat(101)}: { A: b }\n  condition: 1 of s*`))],
  [
    'laughs, billions of them',
    'nodes',
    file(
      `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${many(9, (index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`).join('\n')}`,
    ),
  ],
  ['a list that aliases stand for', 'nodes', file(`a: &a ${values(1_000)}\nb: [${many(90, () => '*a').join(', ')}]`)],
  ['aliases without end', 'nodes', file(`a: &a x\nb: [${many(10_000, () => '*a').join(', ')}]`)],
  ['anchors without end', 'nodes', file(many(3_000, (index) => `k${index}: &a${index} x`).join('\n'))],
  ['brackets', 'depth', file(`a: ${'['.repeat(100_000)}`)],
  ['lists in lists', 'depth', file(`a: ${'['.repeat(60)}${']'.repeat(60)}`)],
  ['lists in lists without brackets', 'depth', file(`${'- '.repeat(10_000)}a`)],
  ['maps in maps', 'depth', file(many(100, (index) => `${' '.repeat(index)}a:`).join('\n'))],
  [
    'keys without end, with a tag',
    'carefulLength',
    file(`!!map {${many(20_000, (index) => `k${index}: 1`).join(', ')}}`),
  ],
  [
    'many files that are not plain',
    'allCareful',
    many(20, (index) => ({ path: `${index}.yml`, text: `a: &x b\n${'# comment\n'.repeat(6_000)}` })),
    { limits: { allCareful: 1024 * 1024 } },
  ],
  ['a file', 'fileLength', file(`# ${'x'.repeat(600_000)}`)],
  ['documents', 'documents', file('---\na: 1\n'.repeat(2_000))],
  [
    'one document laid under many',
    'allTexts',
    file(
      `action: global\ntitle: t\nlogsource: {product: windows}\ndetection:\n  s: { A: ${values(2_000)} }\n${many(400, (index) => `---\nid: r${index}\ndetection: { condition: s }\n`).join('')}`,
    ),
  ],
  [
    'rules without end',
    'allRules',
    many(21, (index) => ({
      path: `${index}.yml`,
      text: many(1_000, (one) => selection('A', 'b').replace('bomb', `r${index}-${one}`)).join('---\n'),
    })),
  ],
  [
    'filters without end',
    'allFilters',
    file(
      many(
        501,
        (index) =>
          `title: f${index}\nlogsource: {product: windows}\nfilter:\n  rules: any\n  s: {A: b}\n  condition: not s\n`,
      ).join('---\n'),
    ),
  ],
  [
    'filters that make a rule large',
    'ruleParts',
    file(
      [
        selection('A', 'b'),
        ...many(
          60,
          (index) =>
            `title: f${index}\nlogsource: {product: windows}\nfilter:\n  rules: any\n  s: {A: ${values(1_000)}}\n  condition: not s\n`,
        ),
      ].join('---\n'),
    ),
  ],
  [
    'a rule of every kind of event',
    'allLaidOut',
    [
      { path: 'all.yml', text: selection('A', values(15_000)) },
      ...many(200, (index) => ({
        path: `${index}.yml`,
        text: selection('A', 'b').replace('bomb', `r${index}`).replace('windows', `windows, category: c${index}`),
      })),
    ],
  ],
  [
    'a timespan',
    'timespanMs',
    correlation('', '').map(({ path, text }) => ({ path, text: text.replace('1h', `${'9'.repeat(300)}d`) })),
  ],
  [
    'the rules of a correlation',
    'listLength',
    correlation('').map(({ path, text }) => ({
      path,
      text: text.replace('[bomb]', `[${many(201, () => 'bomb').join(', ')}]`),
    })),
  ],
  ['the group of a correlation', 'correlationNames', correlation(`  group-by: ${values(21)}`)],
  [
    'aliases of a correlation',
    'correlationNames',
    correlation(`  aliases: {${many(21, (index) => `a${index}: {bomb: A}`).join(', ')}}`),
  ],
  [
    'tests of a correlation',
    'testEvents',
    correlation(
      '',
      `vigie: { tests: [{ name: n, fires: true, events: [${many(20, () => '{at: 1s, times: 10000, every: 1s, event: {A: b}}').join(', ')}] }] }\n`,
    ),
  ],
];

describe('rules that ask for too much', () => {
  it.each(BOMBS.map(([name, limit], index) => [name, limit, index] as const))('%s: %s', (_, limit, index) => {
    const [, , sources, options] = BOMBS[index]!;
    const { failures, rules, correlations } = compile(sources, options);
    expect(failures.filter((one: Failure) => one.limit === limit).length).toBeGreaterThan(0);
    expect(failures.every(({ reason, line }) => reason.length <= 500 && line >= 1)).toBe(true);
    expect([...rules, ...correlations].every(({ title }) => title.length <= 200)).toBe(true);
  });

  it('are left out alone: others run', () => {
    const set = compile(
      [
        ...file(selection('A|expand', `'${'%tools%'.repeat(3)}'`)),
        { path: 'fine.yml', text: selection('A', 'b').replace('bomb', 'fine') },
      ],
      { placeholders: tools },
    );
    expect(set.match({ logsource: 'windows', native: Buffer.from('{"A":"b"}') })).toEqual(['fine']);
    expect(set.failures).toMatchObject([
      {
        file: 'bomb.yml',
        line: 5,
        limit: 'valueTexts',
        reason: 'detection.s.A|expand: one value would become more than 2000 texts',
      },
    ]);
  });

  it('say so in other words when the limits are others', () => {
    const [failure] = compile(file(selection('A', '[b, c, d]')), { limits: { ruleTexts: 2 } }).failures;
    expect(failure).toMatchObject({
      limit: 'ruleTexts',
      reason: expect.stringContaining('more than 2 texts') as string,
    });
  });
});

describe('a modifier', () => {
  it.each(['base64offset', 'wide', 'contains', 'windash', 'all', 'cased', 'expand', 'base64'])(
    '%s is used once in a chain',
    (name) => {
      const { failures } = compile(file(selection(`A|${many(12, () => name).join('|')}`, 'abc')));
      expect(failures[0]?.reason).toContain(`the modifier '${name}' is there twice`);
    },
  );
});

describe('what is just within the limits', () => {
  const event = (text: string) => ({ logsource: 'windows' as const, native: Buffer.from(JSON.stringify({ A: text })) });
  it.each(['equals', 'startswith', 'endswith', 'contains'])('is laid out, and matches: %s', (placement) => {
    const shared = 'x'.repeat(4_000);
    const list = `[${many(60, (index) => `${shared}${index}y`).join(', ')}]`;
    const set = compile(file(selection(placement === 'equals' ? 'A' : `A|${placement}`, list)));
    expect([set.failures, set.match(event(`${shared}7y`)), set.match(event(`${shared}z`))]).toEqual([[], ['bomb'], []]);
  });
  it('is a rule of twenty thousand texts', () => {
    const set = compile(file(selection('A|contains', values(19_000, 4))));
    expect([set.failures, set.match(event('a v18999xxxx b')), set.match(event('v19000xxxx'))]).toEqual([
      [],
      ['bomb'],
      [],
    ]);
  });
  it('is a pattern of names with many stars', () => {
    const set = compile(file(rule(`  ${'a'.repeat(100)}: { A: b }\n  condition: 1 of ${'*a'.repeat(40)}*`)));
    expect(set.match(event('b'))).toEqual(['bomb']);
    expect(
      compile(file(rule(`  ${'a'.repeat(100)}: { A: b }\n  condition: 1 of ${'*a'.repeat(40)}*b`))).failures[0]?.reason,
    ).toContain('no search identifier fits');
  });
});
