import type { ConsumeOptions } from '#libs/events';
import { Fault } from '#libs/model';
import { followIndicators } from './follow-indicators.js';

it('the service fails when indicators cannot be followed any more', async () => {
  const asked: ConsumeOptions[] = [];
  const failed: Error[] = [];
  const following = { ready: async () => undefined, stop: async () => undefined };
  await followIndicators({
    store: {
      replay: async function* () {
        yield* [];
      },
    },
    broker: {
      consume: (options: ConsumeOptions) => {
        asked.push(options);
        return following;
      },
    },
    log: { info: () => undefined, error: () => undefined },
    fail: (error: Error) => void failed.push(error),
  });
  asked[0]?.onFault?.(new Fault('the group cannot be read'));
  expect(failed.map(({ message }) => message)).toEqual(['the group cannot be read']);
});
