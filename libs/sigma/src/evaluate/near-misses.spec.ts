import { compile } from '../index.js';

const rule = (id: string, condition: string): string => `title: ${id}
id: ${id}
logsource: {product: windows}
detection:
  tool: {A|endswith: x.exe, B: '1'}
  verb: {C|contains: [delete, resize]}
  other: {D: d, G|neq: g}
  filter_ours: {E: ours}
  filter_theirs: {F: theirs}
  condition: ${condition}
`;
const set = compile([
  {
    path: 'r.yml',
    text: [
      rule('both', 'tool and verb'),
      rule('filtered', 'tool and not 1 of filter_*'),
      rule('either', '(tool and verb) or (tool and verb and other)'),
      rule('alone', 'verb'),
      rule('three', 'tool and verb and other'),
      rule('matches', 'tool'),
    ].join('---\n'),
  },
]);

const nearly = (event: Record<string, string>) =>
  set.nearly({ logsource: { product: 'windows' }, native: Buffer.from(JSON.stringify(event)) });

describe('rules that nearly matched', () => {
  it('have one selection, and lack one', () =>
    expect(nearly({ A: 'x.exe', B: '1' })).toEqual([
      { ruleId: 'both', matched: ['tool'], missing: ['verb'] },
      { ruleId: 'either', matched: ['tool'], missing: ['verb'] },
    ]));
  it('or were kept away by a filter', () =>
    expect(nearly({ A: 'x.exe', B: '1', C: 'delete', F: 'theirs' })).toEqual([
      { ruleId: 'three', matched: ['tool', 'verb'], missing: ['other'] },
      { ruleId: 'filtered', matched: ['tool'], missing: ['not filter_theirs'] },
    ]));
  it('and there are none when nothing holds', () => expect(nearly({ Z: 'z' })).toEqual([]));
  it('are as many as one asks for', () =>
    expect(
      set.nearly({ logsource: { product: 'windows' }, native: Buffer.from('{"A":"x.exe","B":"1"}') }, { limit: 1 }),
    ).toHaveLength(1));
});
