import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import { PULLED_AT, Pulled, repeatedIn } from './pulled.js';
import { startVendor, type FakeVendor, type VendorAnswer, type VendorAsked } from './vendor.js';

const FEED = '/api/v1.0/contoso/activity/feed';
const TYPES = ['Audit.General', 'Audit.Exchange'];

let vendor: FakeVendor;
/** By id: of which type, available since when, with how many events. */
let content: { id: string; type: string; at: number; events: number }[];
let subscribed: Set<string>;
/** Listed, and not there any more. */
let gone: string;
let pulled: Pulled;

const answer = ({ url, method, body, headers }: VendorAsked): VendorAnswer => {
  const at = (name: string): string => url.searchParams.get(name) ?? '';
  if (url.pathname === '/contoso/oauth2/v2.0/token')
    return body.includes('manage.office.com') ? { body: { access_token: 't', expires_in: 3_600 } } : { status: 401 };
  if (headers.authorization !== 'Bearer t') return { status: 401 };
  const type = at('contentType');
  if (url.pathname === `${FEED}/subscriptions/start` && method === 'POST') {
    if (subscribed.has(type)) return { status: 400, body: { error: { code: 'AF20024' } } };
    subscribed.add(type);
    return { body: { status: 'enabled' } };
  }
  const [, id] = new RegExp(`^${FEED}/audit/(.*)$`).exec(url.pathname) ?? [];
  if (id !== undefined) {
    const found = content.find((one) => one.id === id);
    if (!found || id === gone) return { status: 404 };
    const CreationTime = new Date(found.at).toISOString().slice(0, 19);
    return { body: Array.from({ length: found.events }, (_, index) => ({ Id: `${id}-${index}`, CreationTime })) };
  }
  if (!subscribed.has(type)) return { status: 400, body: { error: { code: 'AF20022' } } };
  const [from, to] = [Date.parse(`${at('startTime')}Z`), Date.parse(`${at('endTime')}Z`)];
  if (to - from > 24 * HOUR_MS || from < pulled.clock - 7 * 24 * HOUR_MS) return { status: 400, body: 'AF20055' };
  const found = content.filter((one) => one.type === type && one.at >= from && one.at <= to && one.at <= pulled.clock);
  const first = Number(at('nextPage') || 0);
  url.searchParams.set('nextPage', String(first + 3));
  return {
    body: found
      .slice(first, first + 3)
      .map((one) => ({ contentId: one.id, contentUri: `${vendor.origin}${FEED}/audit/${one.id}` })),
    headers: first + 3 < found.length ? { nextpageuri: url.href } : {},
  };
};
const keep = (id: string, type: string, at: number, events = 2): void => void content.push({ id, type, at, events });

beforeEach(async () => {
  [content, subscribed, gone] = [[], new Set(['Audit.Exchange']), ''];
  vendor = await startVendor(answer);
  pulled = new Pulled({
    settings: { vendor: 'm365', baseUrl: vendor.origin, account: 'contoso', include: TYPES },
    since: PULLED_AT - 50 * HOUR_MS,
    secret: '{"clientId":"c","clientSecret":"s"}',
  });
});
afterEach(() => vendor.stop());

it('subscribes, lists day by day and page by page, and reads each content once', async () => {
  for (let index = 0; index < 10; index += 1)
    keep(`g${index}`, 'Audit.General', PULLED_AT - 49 * HOUR_MS + index * 4 * HOUR_MS);
  for (let index = 0; index < 10; index += 1)
    keep(`x${index}`, 'Audit.Exchange', PULLED_AT - 2 * HOUR_MS + index * MINUTE_MS);
  await pulled.all();
  expect([pulled.appended.length, repeatedIn(pulled.appended)]).toEqual([40, 0]);
  keep('late', 'Audit.General', PULLED_AT - 20 * MINUTE_MS);
  for (let rounds = 0; rounds < 3; rounds += 1) await pulled.all();
  expect([pulled.appended.length, repeatedIn(pulled.appended)]).toEqual([42, 0]);
  expect(pulled.last('pull.failed')).toBeUndefined();
});

it('goes on after a crash with the content that was not told, and leaves out what is gone', async () => {
  for (let index = 0; index < 7; index += 1)
    keep(`g${index}`, 'Audit.General', PULLED_AT - HOUR_MS + index * MINUTE_MS);
  while (pulled.appended.length < 2) await pulled.step();
  pulled.isLost = true;
  await pulled.step();
  gone = 'g2';
  await pulled.restart().all();
  expect([new Set(pulled.appended).size, repeatedIn(pulled.appended)]).toEqual([12, 2]);
});

it('reads more content than a cursor holds', async () => {
  for (let index = 0; index < 400; index += 1)
    keep(`content-${index}`, 'Audit.General', PULLED_AT - HOUR_MS + index, 1);
  await pulled.all(2_000);
  expect([pulled.appended.length, repeatedIn(pulled.appended)]).toEqual([400, 0]);
});
