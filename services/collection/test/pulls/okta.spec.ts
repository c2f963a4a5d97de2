import { HOUR_MS } from '#libs/terms';
import { PULLED_AT, Pulled, repeatedIn } from './pulled.js';
import { startVendor, type FakeVendor, type VendorAnswer, type VendorAsked } from './vendor.js';

/** Events in the order in which Okta kept them: they may have been published earlier. */
let log: { uuid: string; published: string; keptAt: number }[];
let vendor: FakeVendor;
let goodTokens: string[];

const keep = (count: number, publishedAt: number, keptAt = publishedAt): void => {
  for (let index = 0; index < count; index += 1)
    log.push({
      uuid: `e${log.length}`,
      published: new Date(publishedAt + index).toISOString(),
      keptAt: keptAt + index,
    });
};

const answer = ({ url, headers }: VendorAsked): VendorAnswer => {
  if (!goodTokens.some((token) => headers.authorization === `SSWS ${token}`)) return { status: 401 };
  const after = url.searchParams.get('after');
  const since = Date.parse(url.searchParams.get('since') ?? '');
  const first = after === null ? log.findIndex(({ keptAt }) => keptAt >= since) : Number(after);
  const from = first < 0 ? log.length : first;
  const page = log.slice(from, from + 1_000).map(({ uuid, published }) => ({ uuid, published, big: 1 }));
  const next = `${vendor.origin}/api/v1/logs?limit=1000&after=${from + page.length}`;
  // Digits beyond those of a number of JavaScript's stay.
  const body = JSON.stringify(page).replaceAll('"big":1', '"big":12345678901234567890');
  return { body, headers: { link: `<${vendor.origin}/api/v1/logs>; rel="self", <${next}>; rel="next"` } };
};

const okta = (): Pulled =>
  new Pulled({ settings: { vendor: 'okta', baseUrl: vendor.origin }, since: PULLED_AT - HOUR_MS, secret: 'good' });

beforeEach(async () => {
  [log, goodTokens] = [[], ['good']];
  vendor = await startVendor(answer);
});
afterEach(() => vendor.stop());

it('is pulled page by page, each event as Okta wrote it, and once', async () => {
  keep(2_500, PULLED_AT - HOUR_MS);
  const pulled = await okta().all();
  expect(pulled.appended).toHaveLength(2_500);
  expect(repeatedIn(pulled.appended)).toBe(0);
  expect(pulled.appended[0]).toContain('12345678901234567890');
  expect(pulled.last('pull.advanced')).toMatchObject({ events: 500, reachedAt: PULLED_AT - HOUR_MS + 2_499 });
  await pulled.all();
  expect(pulled.facts.filter(({ type }) => type === 'pull.advanced')).toHaveLength(3);
});

it('also brings what was published long before it was kept', async () => {
  keep(10, PULLED_AT - HOUR_MS);
  const pulled = await okta().all();
  keep(5, PULLED_AT - 30 * HOUR_MS, PULLED_AT);
  expect((await pulled.all()).appended).toHaveLength(15);
});

it('goes on where it was after a restart; what was appended and not told yet comes again, a page at most', async () => {
  keep(2_500, PULLED_AT - HOUR_MS);
  const pulled = okta();
  await pulled.step();
  pulled.isLost = true;
  await pulled.step();
  await pulled.restart().all();
  expect(new Set(pulled.appended).size).toBe(2_500);
  expect(repeatedIn(pulled.appended)).toBe(1_000);
  await pulled.restart().all();
  expect(repeatedIn(pulled.appended)).toBe(1_000);
});

it('begins again at the last event, which it knows, when Okta forgot the link', async () => {
  keep(20, PULLED_AT - HOUR_MS);
  const pulled = await okta().all();
  keep(5, PULLED_AT);
  vendor.instead.push({ status: 400, body: { errorCode: 'E0000031' } });
  await pulled.all();
  expect([pulled.appended.length, repeatedIn(pulled.appended)]).toEqual([25, 0]);
});

it('waits for as long as the rate limit says, and calls it no failure', async () => {
  keep(3, PULLED_AT - HOUR_MS);
  const pulled = okta();
  vendor.instead.push({ status: 429, headers: { 'x-rate-limit-reset': String(PULLED_AT / 1_000 + 40) } });
  expect(await pulled.step()).toBe(false);
  await pulled.all();
  expect(pulled.clock).toBe(PULLED_AT + 40_000);
  expect(pulled.appended).toHaveLength(3);
  expect(pulled.last('pull.failed')).toBeUndefined();
});

it('says once that the token is not taken, in words of ours, and that another is', async () => {
  keep(3, PULLED_AT - HOUR_MS);
  goodTokens = ['another'];
  const pulled = okta();
  for (let steps = 0; steps < 3; steps += 1) await pulled.step();
  expect(pulled.facts.filter(({ type }) => type === 'pull.failed')).toHaveLength(1);
  expect(pulled.last('pull.failed')).toMatchObject({ code: 'UNAUTHORIZED', since: PULLED_AT });
  pulled.secret = 'another';
  await pulled.all();
  expect(pulled.last('pull.recovered')).toMatchObject({ since: PULLED_AT });
  expect(pulled.appended).toHaveLength(3);
});

it.each<[string, VendorAnswer, number, string]>([
  ['a redirect', { status: 302, headers: { location: 'http://elsewhere.example/' } }, 1, 'REDIRECTED'],
  ['an answer that is no list', { body: '{"a":1}' }, 3, 'BAD_ANSWER'],
  ['an answer that breaks off', { body: '[{"uuid":"a"},{"uu' }, 3, 'BAD_ANSWER'],
  ['an outage', { status: 503 }, 3, 'NO_ANSWER'],
])('says %s, and goes on by itself', async (_name, wrong, times, code) => {
  keep(3, PULLED_AT - HOUR_MS);
  const pulled = okta();
  vendor.instead.push(...Array<VendorAnswer>(times).fill(wrong));
  for (let step = 0; step < times; step += 1) {
    expect(pulled.last('pull.failed')).toBeUndefined();
    await pulled.step();
  }
  expect(pulled.last('pull.failed')).toMatchObject({ code });
  expect((await pulled.all()).appended).toHaveLength(3);
  expect(pulled.last('pull.recovered')).toBeDefined();
});

it('follows no link to another address', async () => {
  keep(1_000, PULLED_AT - HOUR_MS);
  const pulled = okta();
  const other = '<http://127.0.0.1:1/api/v1/logs?after=0>; rel="next"';
  vendor.instead.push({ body: [], headers: { link: other } });
  await pulled.all();
  await pulled.step();
  expect(vendor.asked.at(-1)?.url.pathname).toBe('/api/v1/logs');
});
