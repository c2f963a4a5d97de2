import { openWorkers, type Runtime } from '#libs/service';
import type { EffectTurn } from '#libs/store';
import type { Attack } from './attack.js';

const ATTEMPTS = 4;

/** An effect that throws (or not) at each attempt. @returns whether it is parked after some. */
const isParked = async (faults: boolean): Promise<boolean> => {
  let attempt = 0;
  let parked = false;
  let finished = false;
  const turn = (): EffectTurn => ({
    id: 'e',
    tenant: 'acme',
    effect: 'carry-out',
    bytes: Buffer.alloc(0),
    attempt: (attempt += 1),
    resumed: attempt > 1,
    envelope: { id: 'e', type: 'action.started', source: 's', subject: 's', time: 0, tenant: 'acme' },
  });
  const store = {
    retryParked: async () => undefined,
    effectLanes: async () => (finished || attempt >= ATTEMPTS ? [] : ['acme/carry-out']),
    takeEffect: async () => (finished || attempt >= ATTEMPTS ? undefined : turn()),
    heardOf: ({ envelope }: EffectTurn) => ({ envelope, message: { type: envelope.type } }),
    keepEffect: async () => undefined,
    finishEffect: async () => {
      finished = true;
    },
    failEffect: async (_id: string, { park }: { park: boolean }) => {
      parked ||= park;
    },
  };
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const runtime = {
    clock: { now: () => 0 },
    store,
    settings: { get: () => undefined },
    log: silent,
    metrics: { effectsFailed: { inc: () => undefined } },
    prepare: async () => ({ records: [], later: [] }),
    put: async () => undefined,
  } as unknown as Runtime;
  const effect = {
    name: 'carry-out',
    hears: ['action.started'],
    atOnce: 1,
    perform: async () => {
      if (faults) throw new TypeError('the secrets file cannot be read');
      return [];
    },
  };
  const workers = openWorkers(runtime, [effect], () => undefined);
  for (let look = 0; look < 200 && !finished && attempt < ATTEMPTS; look += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await workers.stop();
  return parked;
};

/** An effect that throws whenever it is tried: it must be told, and not be tried for ever as if nothing were wrong. */
export const effectThatFaultsForEver: Attack = {
  name: 'effect-that-faults-for-ever',
  line: 13,
  control: async () => !(await isParked(false)),
  attack: async () => ((await isParked(true)) ? 'refused' : 'succeeded'),
  mutation: {
    file: 'libs/service/src/workers.ts',
    find: 'const park = attempt >= PARKED_AFTER;',
    replace: 'const park = false;',
  },
};
