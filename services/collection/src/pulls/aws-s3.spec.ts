import { cpuClock } from '#libs/testing';
import { filesOf } from './aws-s3.js';

it('reads a list whatever a file says of itself, in one pass', () => {
  const written = '<LastModified>2026-11-02T09:00:00.000Z</LastModified>';
  const owner = `<Owner>${'o'.repeat(5_000)}</Owner>`;
  expect(filesOf(`<Contents><Key>a&amp;b</Key>${owner}${written}</Contents><Contents><Key>c`)).toEqual([
    { key: 'a&b', writtenAt: Date.UTC(2026, 10, 2, 9) },
  ]);
  const spentMs = cpuClock();
  expect(filesOf('<Contents>'.repeat(500_000))).toEqual([]);
  expect(filesOf(`${'<Contents>'.repeat(500_000)}</Contents>`)).toHaveLength(1);
  expect(spentMs()).toBeLessThan(2_000);
});
