import { actsOfRun } from './acts.js';

const fails = async (): Promise<void> => {
  throw new Error('it broke');
};
const passes = async (): Promise<string> => 'well';

it('counts what passed, failed and was not reached after a failure', async () => {
  const said: string[] = [];
  const acts = actsOfRun((line) => void said.push(line));
  await acts.act('one', passes);
  await acts.act('two', fails);
  await acts.act('three', passes);
  expect(acts.last()).toBe('1 passed, 1 failed, 1 skipped');
  expect(said).toEqual(['ok      one (0 s): well', 'FAILED  two (0 s): it broke', 'not reached  three']);
  expect(acts.failed()).toBe(true);
});

it('goes on after a chapter that failed, and plays none after a failure it builds on', async () => {
  const acts = actsOfRun(() => undefined);
  const first = acts.chapter();
  await first.act('in a chapter', fails);
  await first.act('later in it', passes);
  await acts.act('after it', passes);
  expect(acts.last()).toBe('1 passed, 1 failed, 1 skipped');
  await acts.act('what the rest builds on', fails);
  await acts.chapter().act('in a later chapter', passes);
  expect(acts.last()).toBe('1 passed, 2 failed, 2 skipped');
});
