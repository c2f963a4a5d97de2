import { headedLines } from './puller.js';

it('makes lines under a heading one by one, and says no name again that is long', () => {
  const long = 'n'.repeat(65);
  const endless = 'x'.repeat(64 * 1024 + 1);
  const text = Buffer.from(`a ${long}  c\r\n1 2 3 4\r\n\n \n${endless}\n5`);
  expect([...headedLines(text)]).toEqual([
    { a: '1', column1: '2', c: '3', column3: '4' },
    Buffer.from(endless),
    { a: '5' },
  ]);
  const [first] = headedLines(Buffer.from(`a\n${'1\n'.repeat(10_000_000)}`));
  expect(first).toEqual({ a: '1' });
});
