import { originIn, readSecrets } from './secrets-file.js';

const good = {
  acme: { edr: { origins: ['https://API.vendor.example', 'https://login.vendor.example:8443'], secret: 'HUSH-HUSH' } },
};
const problemsOf = (file: unknown): string[] =>
  readSecrets(typeof file === 'string' ? file : JSON.stringify(file)).problems;
const entry = (special: object) => ({
  acme: { edr: { origins: ['https://a.example'], secret: 'HUSH-HUSH', ...special } },
});

describe('the file of secrets', () => {
  it('says whose a secret is and where it may go', () =>
    expect(readSecrets(JSON.stringify(good))).toEqual({
      problems: [],
      entries: [
        {
          tenant: 'acme',
          ref: 'edr',
          secret: 'HUSH-HUSH',
          origins: ['https://api.vendor.example', 'https://login.vendor.example:8443'],
        },
      ],
    }));
  it('lets two tenants call their secrets the same', () =>
    expect(
      readSecrets(JSON.stringify({ ...good, globex: good.acme })).entries.map(({ tenant, ref }) => `${tenant}/${ref}`),
    ).toEqual(['acme/edr', 'globex/edr']));
  it('may be empty', () => expect(readSecrets('{}')).toEqual({ entries: [], problems: [] }));
  it.each<[string, unknown, string]>([
    ['no JSON', '{"acme":HUSH-HUSH}', 'it is not JSON'],
    ['a list', '["HUSH-HUSH"]', 'it is not an object'],
    ['a text', '"HUSH-HUSH"', 'it is not an object'],
    ['nothing', 'null', 'it is not an object'],
    [
      'a secret by its reference alone',
      { 'acme-edr': 'HUSH-HUSH' },
      'acme-edr is a value alone: a secret belongs to a tenant',
    ],
    [
      'a secret of a tenant without its addresses',
      { acme: { edr: 'HUSH-HUSH' } },
      'acme/edr is a value alone: say where it may be sent',
    ],
    ['no origins', entry({ origins: [] }), 'acme/edr has no origins'],
    ['origins that are no list', entry({ origins: 'https://HUSH-HUSH' }), 'acme/edr has no origins'],
    ['no secret', entry({ secret: ' ' }), 'acme/edr has no secret'],
    ['a secret that is a number', entry({ secret: 7 }), 'acme/edr has no secret'],
    ['a field that nobody knows', entry({ 'HUSH-HUSH': 1 }), 'acme/edr has a field besides origins and secret'],
    ['a tenant that can be none', { Acme_1: good.acme }, 'Acme_1 is not the id of a tenant'],
    ['a name that may be a secret', { acme: { '1HUSH-HUSH': 'x' } }, 'acme: the name of secret 1 is not'],
    ['a tenant that may be a secret', { '=HUSH-HUSH': good.acme }, 'entry 1 is not the id of a tenant'],
    ['an entry of __proto__', '{"__proto__": {"edr": "HUSH-HUSH"}}', 'entry 1 is not the id'],
  ])('is refused with %s, in words that repeat no value', (_, file, sentence) => {
    const problems = problemsOf(file);
    expect(problems.join('\n')).toContain(sentence);
    expect(problems.join('\n')).not.toContain('HUSH');
    expect(problems.length).toBeGreaterThan(0);
  });
  it('tells all problems at once', () =>
    expect(
      problemsOf({ acme: { edr: { origins: ['x', 'https://a.example/path'], secret: '' } }, globex: 'HUSH' }),
    ).toHaveLength(4));
});

describe('an origin', () => {
  it.each([
    ['https://API.okta.com', 'https://api.okta.com'],
    ['https://api.okta.com:443', 'https://api.okta.com'],
    ['https://api.okta.com/', 'https://api.okta.com'],
    ['https://[0:0:0:0:0:0:0:1]:8443', 'https://[::1]:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ])('%s is %s', (text, origin) => expect(originIn(text)).toBe(origin));
  it.each([
    'https://api.okta.com@evil.example',
    'https://u:p@api.okta.com',
    'https://api.okta.com/path',
    'https://api.okta.com?x',
    'https://api.okta.com#',
    'https://api.okta.com.',
    'https://api.okta.com.:443',
    'https://*.okta.com',
    'api.okta.com',
    'ftp://a.example',
    'file:///etc',
    '*',
    '',
  ])('%s is none', (text) => expect(originIn(text)).toBeUndefined());
});
