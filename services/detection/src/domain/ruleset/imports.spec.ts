import type { RulesetActivated, RulesetFilesImported, RulesetImport } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { scenario, testContext } from '#libs/testing';
import { rulesetStream } from './decider.js';

const { given } = scenario(rulesetStream, { tenant: OPERATOR });
const [by, at] = [testContext.actor, testContext.now];
const files = [{ path: 'windows/a.yml', text: 'title: a' }];

const ask = (special: Partial<RulesetImport> = {}): RulesetImport => ({
  type: 'ruleset.import',
  importId: 'one',
  part: 1,
  parts: 2,
  files,
  ...special,
});
const kept = (special: Partial<RulesetFilesImported> = {}): RulesetFilesImported => ({
  type: 'ruleset.files-imported',
  importId: 'one',
  part: 1,
  parts: 2,
  files,
  by,
  at,
  ...special,
});
const active = (special: Partial<RulesetActivated> = {}): RulesetActivated => ({
  type: 'ruleset.activated',
  importId: 'one',
  files: 2,
  by,
  at,
  ...special,
});

describe('an import of rules', () => {
  it('keeps a part', () => given().when(ask()).then(kept()));
  it('keeps a part once', () => given(kept()).when(ask()).then());
  it('is active when all parts are here', () =>
    given(kept())
      .when(ask({ part: 2 }))
      .then(kept({ part: 2 }), active()));
  it('may come in any order', () =>
    given(kept({ part: 2 }))
      .when(ask())
      .then(kept(), active()));
  it('may be of one part', () =>
    given()
      .when(ask({ parts: 1 }))
      .then(kept({ parts: 1 }), active({ files: 1 })));
  it('without files ends the one before', () =>
    given(kept(), kept({ part: 2 }), active())
      .when(ask({ importId: 'none', parts: 1, files: [] }))
      .then(kept({ importId: 'none', parts: 1, files: [] }), active({ importId: 'none', files: 0 })));
  it('that was activated takes nothing any more', () =>
    given(kept(), kept({ part: 2 }), active())
      .when(ask())
      .then());
  it('does not mix with another', () =>
    given(kept())
      .when(ask({ importId: 'two', part: 2 }))
      .then(kept({ importId: 'two', part: 2 })));
  it('never finished is given up after ten others', () => {
    const others = Array.from({ length: 10 }, (_, index) => kept({ importId: `other-${index}` }));
    given(kept(), ...others)
      .when(ask({ part: 2 }))
      .then(kept({ part: 2 }));
  });
  it("may be a tenant's own", () =>
    given()
      .when(ask({ parts: 1 }), { tenant: 'acme' })
      .then(kept({ parts: 1 }), active({ files: 1 })));
  it('of a tenant is smaller', () =>
    given()
      .when(ask({ parts: 9 }), { tenant: 'acme' })
      .refuses('1 to 8 parts'));
  it("is not the customer's", () =>
    given()
      .when(ask(), { tenant: 'acme', actor: { subject: 'c', side: 'CUSTOMER' } })
      .refuses('by the provider'));
  it.each<[string, Partial<RulesetImport>, string]>([
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
    [
      'a part too large',
      { files: ['a', 'b', 'c'].map((name) => ({ path: `${name}.yml`, text: 'é'.repeat(100_000) })) },
      '512 KiB',
    ],
  ])('refuses %s', (_, special, sentence) => given().when(ask(special)).refuses(sentence));
  it('refuses a part of another number of parts', () =>
    given(kept())
      .when(ask({ part: 2, parts: 3 }))
      .refuses('has 2 parts'));
});

describe('rules that ask for too much', () => {
  const text = (title: string, more = '') =>
    `title: ${title}\nid: t\n${more}logsource: { product: windows }\ndetection:\n  s: { Image|endswith: x.exe }\n  condition: s\n`;
  const importing = (...texts: string[]) =>
    ask({ parts: 1, files: texts.map((one, index) => ({ path: `own/${index}.yml`, text: one })) });
  it('are refused, with file, line and limit', () =>
    given()
      .when(importing(text('fine'), text('t'.repeat(201))))
      .refuses("own/1.yml:1: 'title' has 201 characters; it may have 200"));
  it.each([
    ['a title of 440 kB', text('t'.repeat(440_000)), 'may have 200'],
    [
      'a description',
      text('t', `description: ${'d'.repeat(4_097)}\n`),
      "'description' has 4097 bytes; it may have 4096",
    ],
    ['an id', text('t').replace('id: t', `id: ${'i'.repeat(101)}`), 'may have 100'],
    [
      'values',
      text('t').replace(
        'x.exe',
        `[${Array.from({ length: 20_001 }, (_, index) => index)
          .map((one) => `v${one}`)
          .join(',')}]`,
      ),
      'more than 20000 texts',
    ],
    ['brackets', `a: ${'['.repeat(10_000)}`, 'deep in each other'],
  ])('are refused for %s, for everybody and for a tenant', (_, one, sentence) => {
    given().when(importing(one)).refuses(sentence);
    given().when(importing(one), { tenant: 'acme' }).refuses(sentence);
  });
  it('name some, and say how many more there are', () =>
    given()
      .when(importing(...Array.from({ length: 9 }, () => text('t'.repeat(300)))))
      .refuses('; and 6 more'));
  it("have less room when they are a tenant's", () => {
    const rules = (count: number, prefix: string) =>
      Array.from({ length: count }, (_, index) => text('t').replace('id: t', `id: ${prefix}${index}`)).join('---\n');
    const more = importing(rules(999, 'a'), rules(999, 'b'), rules(3, 'c'));
    expect(given().when(more).facts()).toHaveLength(2);
    given().when(more, { tenant: 'acme' }).refuses('there are more than 2000 rules');
  });
  it('with mistakes are taken, and left out when they are loaded', () =>
    expect(
      given()
        .when(importing('title: [', text('fine')))
        .facts(),
    ).toHaveLength(2));
});

describe('an import that cannot be compiled', () => {
  const acme = scenario(rulesetStream, { tenant: 'acme', actor: { subject: 'detection', side: 'SYSTEM' } });
  const park = { type: 'ruleset.park-import' as const, importId: 'one', reason: 'too much', under: 'u1' };
  const parked = { type: 'ruleset.import-parked' as const, importId: 'one', reason: 'too much', under: 'u1', at };
  it('is parked, once under the same', () => {
    acme.given(active()).when(park).then(parked);
    acme.given(active(), parked).when(park).then();
    acme
      .given(active(), parked)
      .when({ ...park, under: 'u2' })
      .then({ ...parked, under: 'u2' });
  });
  it('keeps nobody from importing another', () =>
    expect(
      acme
        .given(active(), parked)
        .when(ask({ importId: 'two', parts: 1 }), { actor: by })
        .facts(),
    ).toHaveLength(2));
  it('that is none is not parked', () => acme.given().when(park).then());
  it('is parked by detection alone', () =>
    acme.given(active()).when(park, { actor: by }).refuses('by detection alone'));
  it('is parked with a sentence, no longer', () =>
    acme
      .given(active())
      .when({ ...park, reason: 'x'.repeat(9_000) })
      .thenLike({ type: 'ruleset.import-parked', reason: 'x'.repeat(500) }));
});
