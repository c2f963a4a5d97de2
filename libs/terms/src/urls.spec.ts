import { isUrl } from './urls.js';

it('is a URL, also one with letters of its own, however often it was asked before', () => {
  for (let count = 0; count < 20_000; count += 1) isUrl(`https://a.example/${count % 10}`);
  expect(['https://bücher.example', 'https://例え.jp/', 'bücher.example', '', '/a'].map(isUrl)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
