import { inSteps, yieldingInSlices, yieldToOthers } from './yielding.js';

function* work(steps: number, done: string[]): Generator<void, string> {
  for (let step = 0; step < steps; step += 1) {
    done.push('mine');
    yield;
  }
  return 'the result';
}
const beside = (done: string[]): void =>
  void setImmediate(() => {
    done.push('theirs');
  });

it('lets others have their turn at each pause, when asked to', async () => {
  const done: string[] = [];
  beside(done);
  expect(await inSteps(work(2, done), yieldToOthers)).toBe('the result');
  expect(done).toEqual(['mine', 'theirs', 'mine']);
});
it('keeps the thread as long as its slice lasts', async () => {
  const done: string[] = [];
  let elapsed = 0;
  beside(done);
  await inSteps(
    work(5, done),
    yieldingInSlices(() => (elapsed += 15)),
  );
  expect(done).toEqual(['mine', 'mine', 'mine', 'theirs', 'mine', 'mine']);
});
