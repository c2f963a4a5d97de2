import { cpuClock } from '#libs/testing';
import { bucketPath, listQuery, pageOf } from './listing.js';

const WRITTEN = '<LastModified>2026-11-02T09:00:00.000Z</LastModified>';

it('reads a page whatever an object says of itself, in one pass', () => {
  const owner = `<Owner>${'o'.repeat(5_000)}</Owner>`;
  const tag = '<ETag>&quot;0a&quot;</ETag><Size>7</Size>';
  expect(
    pageOf(
      `<ListBucketResult><IsTruncated>true</IsTruncated><Prefix>x</Prefix><NextContinuationToken>t&amp;1</NextContinuationToken>
       <Contents><Key>a&amp;b&#x41;&#66;&amp;lt;</Key>${owner}${WRITTEN}${tag}</Contents>
       <CommonPrefixes><Prefix>x/y/</Prefix></CommonPrefixes><Contents><Key>c`,
    ),
  ).toEqual({
    objects: [{ key: 'a&bAB&lt;', bytes: 7, changedAt: Date.UTC(2026, 10, 2, 9), version: '0a' }],
    folders: ['x/y/'],
    isTruncated: true,
    token: 't&1',
  });
  const spentMs = cpuClock();
  expect(pageOf('<Contents>'.repeat(500_000)).objects).toEqual([]);
  expect(pageOf(`${'<Contents>'.repeat(500_000)}</Contents>`).objects).toHaveLength(1);
  expect(spentMs()).toBeLessThan(2_000);
});

it('asks for a page, and names an object, so that nothing in a name is more than a name', () => {
  expect(listQuery({ prefix: 'a/', after: 'a/b' })).toEqual({
    ...{ 'list-type': '2', prefix: 'a/', 'max-keys': '1000', 'start-after': 'a/b' },
  });
  expect([bucketPath('lake'), bucketPath('lake', "a=b/c?d #+(x)!*'~.parquet")]).toEqual([
    '/lake',
    '/lake/a%3Db/c%3Fd%20%23%2B%28x%29%21%2A%27~.parquet',
  ]);
});
