import type { HuntAsk, HuntAsked, HuntPage, HuntQuery, HuntRecordPage } from '#contracts';
import { scenario, testContext } from '#libs/testing';
import { huntStream } from './decider.js';
import { PAGE_BYTES, pagesOf } from './pages.js';

const { given } = scenario(huntStream(new Set(['user', 'host'])));
const lake = { actor: { subject: 'hunting', side: 'SYSTEM' as const } };

const query: HuntQuery = {
  from: 1_000,
  to: 2_000,
  source: '',
  filters: [{ field: 'user', operator: 'EQUALS', value: 'ada' }],
  limit: 100,
};
const ask = (change: Partial<HuntQuery> = {}): HuntAsk => ({
  type: 'hunt.ask',
  huntId: 'h1',
  hypothesis: 'Ada dumps credentials',
  technique: 'T1003',
  query: { ...query, ...change },
});
const asked: HuntAsked = { ...ask(), type: 'hunt.asked', by: testContext.actor, at: testContext.now };
const record = (page: number, last: boolean, rows: Buffer[] = [Buffer.from('[1]')]): HuntRecordPage => ({
  type: 'hunt.record-page',
  huntId: 'h1',
  page,
  columns: ['id'],
  rows,
  last,
  scanned: 7,
  elapsedMs: 5,
});
const paged = (page: number, last = false): HuntPage => ({
  type: 'hunt.page',
  huntId: 'h1',
  page,
  columns: ['id'],
  rows: [Buffer.from('[1]')],
  last,
  at: testContext.now,
});

describe('a hunt', () => {
  it('is asked', () => given().when(ask()).then(asked));
  it('is answered page by page, and ends with the last', () => {
    given(asked).when(record(1, false), lake).then(paged(1));
    given(asked, paged(1)).when(record(2, true), lake).then(paged(2, true), {
      type: 'hunt.finished',
      huntId: 'h1',
      hypothesis: 'Ada dumps credentials',
      technique: 'T1003',
      rows: 2,
      scanned: 7,
      elapsedMs: 5,
      failure: null,
      cut: null,
      at: testContext.now,
    });
  });
  it('ends with nothing found, too', () =>
    given(asked)
      .when(record(1, true, []), lake)
      .thenLike({ type: 'hunt.page', rows: [] }, { type: 'hunt.finished', rows: 0 }));
  it('takes a page once', () => given(asked, paged(1)).when(record(1, false), lake).then());
  it('misses no page', () => given(asked).when(record(2, false), lake).refuses('Page 1 is missing'));
  it('is answered by the lake alone', () => given(asked).when(record(1, true)).refuses('Only the lake'));
  it('is answered after it was asked', () => given().when(record(1, true), lake).refuses('no such hunt'));
  it('is asked once', () => given(asked).when(ask()).refuses('asked before'));
  it("is not the customer's", () =>
    given()
      .when(ask(), { actor: { subject: 'c', side: 'CUSTOMER' } })
      .refuses('by the provider'));

  it.each<[Partial<HuntQuery>, string]>([
    [{ to: 1_000 }, 'ends before it begins'],
    [{ to: 1e12 }, 'at most 400 days'],
    [{ limit: 10_001 }, '1 to 10000 rows'],
    [{ limit: 0 }, '1 to 10000 rows'],
    [{ filters: [{ field: 'user"; DROP TABLE x', operator: 'EQUALS', value: 'x' }] }, 'no column'],
    [{ filters: [{ field: 'user', operator: 'EQUALS', value: '' }] }, '1 to 1024 characters'],
    [
      { filters: Array.from({ length: 21 }, () => ({ field: 'user', operator: 'EQUALS' as const, value: 'x' })) },
      'At most 20',
    ],
  ])('is refused with %o', (change, sentence) => given().when(ask(change)).refuses(sentence));
});

describe('pages', () => {
  it('hold 500 rows', () =>
    expect(pagesOf(Array.from({ length: 1_001 }, (_, at) => [at])).pages.map(({ length }) => length)).toEqual([
      500, 500, 1,
    ]));
  it('hold 256 KiB', () => {
    const { pages, left } = pagesOf(Array.from({ length: 10 }, () => ['x'.repeat(100_000)]));
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2, 2, 2]);
    expect(left).toBe(0);
  });
  it('leave out what does not fit, and say how much', () =>
    expect(pagesOf([['x'.repeat(PAGE_BYTES)], [1]])).toMatchObject({ left: 1, pages: [{ length: 1 }] }));
  it('are one, empty, for nothing', () => expect(pagesOf([])).toEqual({ pages: [[]], left: 0 }));
});
