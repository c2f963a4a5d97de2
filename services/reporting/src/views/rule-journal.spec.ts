import type { RulesetFilesImported } from '#contracts';
import { showing } from '#libs/testing';
import { ruleJournal } from './rule-journal.js';

const imported = (...files: { path: string; text: string }[]): RulesetFilesImported => ({
  type: 'ruleset.files-imported', importId: 'i1', part: 1, parts: 1, files, by: { subject: 'ada', side: 'PROVIDER' }, at: 1,
});

const rule = 'title: PsExec\nid: r1\ntags: [attack.t1569.002, attack.execution]\nlogsource: { product: windows, category: process_creation }\ndetection: {}\n';

it('knows the techniques, the kind of source and whether a rule brings tests', () =>
  expect(showing(ruleJournal).of(imported({ path: 'a.yml', text: rule }, { path: 'b.yml', text: `${rule}tests: [{ name: one }]\n` }))).toEqual({
    'a.yml': { importId: 'i1', path: 'a.yml', rules: [{ ruleId: 'r1', techniques: ['T1569.002'], kind: 'WINDOWS', tested: false }] },
    'b.yml': { importId: 'i1', path: 'b.yml', rules: [{ ruleId: 'r1', techniques: ['T1569.002'], kind: 'WINDOWS', tested: true }] },
  }));

it('reads several rules of a file and no correlations', () =>
  expect(showing(ruleJournal).of(imported({ path: 'a.yml', text: `${rule}---\ntitle: C\ncorrelation: {}\n---\n${rule}` }))['a.yml']?.rules).toHaveLength(2));

it('finds no rules in what is not YAML', () => expect(showing(ruleJournal).of(imported({ path: 'a.yml', text: '{ [' }))['a.yml']?.rules).toEqual([]));
