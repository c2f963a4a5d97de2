import { openWorkers } from '#libs/service';
import type { EffectTurn } from '#libs/store';
import { until } from '#stack';
import { effectRuntime, effectTurn } from '../support/effect-runtime.js';
import type { Attack } from './attack.js';

const ATTEMPTS = 4;

/** Hands the note of one effect out until it is finished, or was tried often enough. */
const oneNote = () => {
  let [attempt, finished, parked] = [0, false, false];
  const isOver = (): boolean => finished || attempt >= ATTEMPTS;
  return {
    isOver,
    isParked: () => parked,
    retryParked: async () => undefined,
    effectLanes: async () => (isOver() ? [] : ['acme/carry-out']),
    takeEffect: async () => (isOver() ? undefined : effectTurn('e', 'acme', (attempt += 1))),
    heardOf: ({ envelope }: EffectTurn) => ({ envelope, message: { type: envelope.type } }),
    keepEffect: async () => true,
    finishEffect: async () => {
      finished = true;
    },
    failEffect: async (_id: string, { park }: { park: boolean }) => {
      parked ||= park;
    },
  };
};

/** An effect that throws (or not) at each attempt. @returns whether it is parked after some. */
const isParked = async (faults: boolean): Promise<boolean> => {
  const note = oneNote();
  const effect = {
    name: 'carry-out',
    hears: ['action.started'],
    atOnce: 1,
    perform: async () => {
      if (faults) throw new TypeError('the secrets file cannot be read');
      return [];
    },
  };
  const workers = openWorkers(effectRuntime(note), [effect], () => undefined);
  await until('the last attempt', note.isOver, 1_000, { everyMs: 5 }).catch(() => undefined);
  await workers.stop();
  return note.isParked();
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
