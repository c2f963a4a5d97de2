import { PassThrough } from 'node:stream';
import { isAgreed } from './agreement.js';

const terminal = (isTTY: boolean, said: string) => {
  const [input, output] = [Object.assign(new PassThrough(), { isTTY }), new PassThrough()];
  input.write(said);
  return { input, output };
};

it.each([
  ['y\n', true],
  ['Yes\n', true],
  [' y \n', true],
  ['\n', false],
  ['n\n', false],
  ['yellow\n', false],
])('%j is taken for %s', async (said, agreed) => {
  const one = terminal(true, said);
  expect(await isAgreed('send?', one)).toBe(agreed);
  expect(String(one.output.read())).toContain('send? [y/N]');
});

it('nobody agrees where there is no terminal', async () => {
  const one = terminal(false, 'y\n');
  expect(await isAgreed('send?', one)).toBe(false);
  expect(one.output.read()).toBeNull();
});
