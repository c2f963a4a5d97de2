import type { ImportRuleset, RulesetActivated, RulesetFilesImported } from '#contracts';
import { scenario, testKnown } from '#libs/testing';
import { rulesetStream } from './ruleset.js';

const { given } = scenario(rulesetStream, { tenant: '_operator' });
const [by, at] = [testKnown.actor, testKnown.now];
const files = [{ path: 'windows/a.yml', text: 'title: a' }];

const ask = (special: Partial<ImportRuleset> = {}): ImportRuleset => ({ type: 'ruleset.import', importId: 'one', part: 1, parts: 2, files, ...special });
const kept = (special: Partial<RulesetFilesImported> = {}): RulesetFilesImported => ({ type: 'ruleset.files-imported', importId: 'one', part: 1, parts: 2, files, by, at, ...special });
const active = (special: Partial<RulesetActivated> = {}): RulesetActivated => ({ type: 'ruleset.activated', importId: 'one', files: 2, by, at, ...special });

describe('an import of rules', () => {
  it('keeps a part', () => given().when(ask()).then(kept()));
  it('keeps a part once', () => given(kept()).when(ask()).then());
  it('is active when all parts are here', () => given(kept()).when(ask({ part: 2 })).then(kept({ part: 2 }), active()));
  it('may come in any order', () => given(kept({ part: 2 })).when(ask()).then(kept(), active()));
  it('may be of one part', () => given().when(ask({ parts: 1 })).then(kept({ parts: 1 }), active({ files: 1 })));
  it('without files ends the one before', () => given(kept(), kept({ part: 2 }), active()).when(ask({ importId: 'none', parts: 1, files: [] }))
    .then(kept({ importId: 'none', parts: 1, files: [] }), active({ importId: 'none', files: 0 })));
  it('that was activated takes nothing any more', () => given(kept(), kept({ part: 2 }), active()).when(ask()).then());
  it('does not mix with another', () => given(kept()).when(ask({ importId: 'two', part: 2 })).then(kept({ importId: 'two', part: 2 })));
  it('never finished is given up after ten others', () => {
    const others = Array.from({ length: 10 }, (_, index) => kept({ importId: `other-${index}` }));
    given(kept(), ...others).when(ask({ part: 2 })).then(kept({ part: 2 }));
  });
  it('is for the operator', () => given().when(ask(), { tenant: 'acme' }).refuses('for the operator'));
  it.each<[string, Partial<ImportRuleset>, string]>([
    ['an id with spaces', { importId: 'a b' }, 'importId'],
    ['no parts', { parts: 0 }, '1 to 64 parts'],
    ['too many parts', { parts: 65 }, '1 to 64 parts'],
    ['a part beyond the last', { part: 3 }, 'no part 3 of 2'],
    ['a part without files', { files: [] }, 'has files'],
    ['a path twice', { files: [...files, ...files] }, 'twice'],
    ['a path that leads out', { files: [{ path: 'a/../../b.yml', text: 'x' }] }, 'stays inside'],
    ['an absolute path', { files: [{ path: '/a.yml', text: 'x' }] }, 'stays inside'],
    ['a path with control characters', { files: [{ path: 'a\n.yml', text: 'x' }] }, 'control'],
    ['a path without end', { files: [{ path: `${'a'.repeat(300)}.yml`, text: 'x' }] }, '1 to 300'],
    ['another kind of file', { files: [{ path: 'a.exe', text: 'x' }] }, '.yml'],
    ['an empty file', { files: [{ path: 'a.yml', text: ' ' }] }, 'is not text'],
    ['bytes', { files: [{ path: 'a.yml', text: 'x\0' }] }, 'is not text'],
    ['a file too large', { files: [{ path: 'a.yml', text: 'x'.repeat(458_753) }] }, '448 KiB'],
    ['a part too large', { files: ['a', 'b', 'c'].map((name) => ({ path: `${name}.yml`, text: 'é'.repeat(100_000) })) }, '512 KiB'],
  ])('refuses %s', (_, special, sentence) => given().when(ask(special)).refuses(sentence));
  it('refuses a part of another number of parts', () => given(kept()).when(ask({ part: 2, parts: 3 })).refuses('has 2 parts'));
});
