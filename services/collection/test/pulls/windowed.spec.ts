import { generateKeyPairSync, verify } from 'node:crypto';
import type { PullSettings } from '#contracts';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import { PULLED_AT, Pulled, repeatedIn } from './pulled.js';
import { startVendor, type FakeVendor, type VendorAnswer, type VendorAsked } from './vendor.js';

const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const googleKey = (): string =>
  JSON.stringify({
    client_email: 'reader@x.example',
    private_key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    token_uri: `${vendor.origin}/token`,
  });

interface KeptEvent {
  id: string;
  at: number;
  /** Seen by readers from then on. */
  shownAt: number;
}

let vendor: FakeVendor;
let log: KeptEvent[];
let pulled: Pulled;
/** The token that is taken, of those that were given. */
let tokens: number;

const iso = (at: number): string => new Date(at).toISOString();
const keep = (id: string, at: number, shownAt = at): void => void log.push({ id, at, shownAt });
const shown = (from: number, to = Infinity): KeptEvent[] =>
  log.filter(({ at, shownAt }) => shownAt <= pulled.clock && at >= from && at <= to);
const paged = (found: KeptEvent[], from: number, size: number): { page: KeptEvent[]; next: number | undefined } => ({
  page: found.slice(from, from + size),
  next: from + size < found.length ? from + size : undefined,
});
const giveToken = (): VendorAnswer => ({ body: { access_token: `token-${(tokens += 1)}`, expires_in: 3_600 } });
const isLetIn = ({ headers }: VendorAsked): boolean => headers.authorization === `Bearer token-${tokens}`;

const graph =
  (path: string, time: string) =>
  (asked: VendorAsked): VendorAnswer => {
    const { url, body } = asked;
    if (url.pathname === '/contoso/oauth2/v2.0/token')
      return body.includes('client_secret=s') && body.includes('graph.microsoft.com') ? giveToken() : { status: 401 };
    if (url.pathname !== path || !isLetIn(asked)) return { status: 401 };
    const [, from = '', to = ''] = / ge (\S+) and \S+ le (\S+)/.exec(url.searchParams.get('$filter') ?? '') ?? [];
    const found = shown(Date.parse(from), Date.parse(to)).sort((one, other) => other.at - one.at);
    const { page, next } = paged(found, Number(url.searchParams.get('$skiptoken') ?? 0), 2);
    url.searchParams.set('$skiptoken', String(next));
    return {
      body: {
        value: page.map(({ id, at }) => ({ id, [time]: iso(at) })),
        ...(next === undefined ? {} : { '@odata.nextLink': url.href }),
      },
    };
  };

const github = ({ url, headers }: VendorAsked): VendorAnswer => {
  if (headers.authorization !== 'Bearer ghp' || url.pathname !== '/orgs/acme/audit-log') return { status: 401 };
  const found = shown(Date.parse((url.searchParams.get('phrase') ?? '').slice('created:>='.length)));
  const { page, next } = paged(
    found.sort((one, other) => one.at - other.at),
    Number(url.searchParams.get('after') ?? 0),
    2,
  );
  url.searchParams.set('after', String(next));
  return {
    body: page.map(({ id, at }) => ({ _document_id: id, '@timestamp': at })),
    headers: next === undefined ? {} : { link: `<${url.href}>; rel="next"` },
  };
};

const google = (asked: VendorAsked): VendorAnswer => {
  const { url, body } = asked;
  if (url.pathname === '/token') {
    const [head = '', claims = '', signature = ''] = (new URLSearchParams(body).get('assertion') ?? '').split('.');
    const isGood = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      pair.publicKey,
      Buffer.from(signature, 'base64url'),
    );
    const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
    return isGood && sub === 'admin@x.example' ? giveToken() : { status: 400 };
  }
  if (!isLetIn(asked)) return { status: 401 };
  if (!url.pathname.endsWith('/applications/login')) return { body: { kind: 'reports#activities' } };
  const [from = '', to = ''] = ['startTime', 'endTime'].map((name) => url.searchParams.get(name) ?? '');
  const { page, next } = paged(
    shown(Date.parse(from), Date.parse(to)),
    Number(url.searchParams.get('pageToken') ?? 0),
    2,
  );
  return {
    body: {
      ...(page.length > 0 ? { items: page.map(({ id, at }) => ({ id: { time: iso(at), uniqueQualifier: id } })) } : {}),
      ...(next === undefined ? {} : { nextPageToken: String(next) }),
    },
  };
};

interface Case {
  answer(asked: VendorAsked): VendorAnswer;
  settings: Partial<PullSettings> & { vendor: string };
  secret(): string;
}

const client = (): string => JSON.stringify({ clientId: 'c', clientSecret: 's' });
const ofGraph = (vendorName: string, path: string, time: string): [string, Case] => [
  vendorName,
  { answer: graph(`/v1.0${path}`, time), settings: { vendor: vendorName, account: 'contoso' }, secret: client },
];

describe.each<[string, Case]>([
  ofGraph('graph-sign-ins', '/auditLogs/signIns', 'createdDateTime'),
  ofGraph('graph-audits', '/auditLogs/directoryAudits', 'activityDateTime'),
  ofGraph('graph-alerts', '/security/alerts_v2', 'lastUpdateDateTime'),
  ['github-audit', { answer: github, settings: { vendor: 'github-audit', account: 'orgs/acme' }, secret: () => 'ghp' }],
  [
    'google-workspace',
    {
      answer: google,
      settings: { vendor: 'google-workspace', account: 'admin@x.example', include: ['admin', 'login'] },
      secret: googleKey,
    },
  ],
])('%s', (_name, { answer, settings, secret }) => {
  beforeEach(async () => {
    [log, tokens] = [[], 0];
    vendor = await startVendor((asked) => answer(asked));
    const from = {
      settings: { ...settings, baseUrl: vendor.origin },
      since: PULLED_AT - 5 * HOUR_MS,
      secret: secret(),
    };
    pulled = new Pulled(from);
  });
  afterEach(() => vendor.stop());

  it('is pulled page by page, once, with what comes late and at the same instant', async () => {
    for (let index = 0; index < 7; index += 1) keep(`e${index}`, PULLED_AT - HOUR_MS + index * MINUTE_MS);
    keep('late', PULLED_AT - 30 * MINUTE_MS, PULLED_AT + 10 * MINUTE_MS);
    await pulled.all();
    expect(pulled.appended).toHaveLength(7);
    keep('same', PULLED_AT - HOUR_MS + 6 * MINUTE_MS, PULLED_AT + MINUTE_MS);
    for (let rounds = 0; rounds < 8; rounds += 1) await pulled.all();
    expect([pulled.appended.length, repeatedIn(pulled.appended)]).toEqual([9, 0]);
  });

  it('goes on in the middle of a round after a restart, and begins it again when the page is forgotten', async () => {
    for (let index = 0; index < 7; index += 1) keep(`e${index}`, PULLED_AT - HOUR_MS + index * MINUTE_MS);
    while (pulled.appended.length < 4) await pulled.step();
    pulled.restart();
    vendor.instead.push(...(settings.vendor === 'github-audit' ? [] : [giveToken()]), { status: 400 });
    await pulled.all();
    expect([pulled.appended.length, repeatedIn(pulled.appended)]).toEqual([7, 0]);
  });

  it('tells a page again, and no more, that was appended when all was lost', async () => {
    for (let index = 0; index < 7; index += 1) keep(`e${index}`, PULLED_AT - HOUR_MS + index * MINUTE_MS);
    while (pulled.appended.length < 2) await pulled.step();
    pulled.isLost = true;
    await pulled.step();
    await pulled.restart().all();
    expect([new Set(pulled.appended).size, repeatedIn(pulled.appended)]).toEqual([7, pulled.appended.length - 7]);
    expect(repeatedIn(pulled.appended)).toBeLessThanOrEqual(2);
  });

  it('waits as long as it is told', async () => {
    keep('e', PULLED_AT - HOUR_MS);
    await pulled.all();
    keep('f', PULLED_AT);
    vendor.instead.push({ status: 429, headers: { 'retry-after': '77' } });
    const at = pulled.clock;
    await pulled.step();
    await pulled.all();
    expect(pulled.clock - at).toBeGreaterThanOrEqual(77_000);
    expect(pulled.last('pull.failed')).toBeUndefined();
    expect(pulled.appended).toHaveLength(2);
  });

  it('makes a token anew that is not taken any more', async () => {
    keep('e', PULLED_AT - HOUR_MS);
    await pulled.all();
    keep('f', PULLED_AT);
    tokens += settings.vendor === 'github-audit' ? 0 : 1;
    await pulled.all();
    expect(pulled.appended).toHaveLength(2);
    expect(pulled.last('pull.failed')).toBeUndefined();
  });

  it('says that a secret is no such secret, and repeats nothing of it', async () => {
    pulled.secret = 'hunter2';
    await pulled.step();
    expect(['BAD_SECRET', 'UNAUTHORIZED']).toContain(pulled.last('pull.failed')?.code);
    expect(JSON.stringify(pulled.facts)).not.toContain('hunter2');
  });
});
