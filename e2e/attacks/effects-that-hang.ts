import type { Effect, Typed } from '#libs/model';
import { openWorkers } from '#libs/service';
import type { EffectTurn } from '#libs/store';
import { until } from '#stack';
import { effectRuntime, effectTurn } from '../support/effect-runtime.js';
import type { Attack } from './attack.js';

/** Notes of effects, as the store would hand them out: each once. */
const notesOf = (tenants: string[]) => {
  const open = tenants.map((tenant, index) => effectTurn(String(index), tenant));
  const take = (lane: string): EffectTurn | undefined => {
    const index = open.findIndex(({ tenant }) => lane === `${tenant}/carry-out`);
    return index < 0 ? undefined : open.splice(index, 1)[0];
  };
  return {
    retryParked: async () => undefined,
    effectLanes: async () => [...new Set(open.map(({ tenant }) => `${tenant}/carry-out`))],
    takeEffect: async (lane: string) => take(lane),
    heardOf: ({ envelope }: EffectTurn) => ({ envelope, message: { type: envelope.type } }),
    keepEffect: async () => true,
    finishEffect: async () => true,
  };
};

/** Whether the effect of `globex` is carried out beside those of `acme`, whose vendor never answers when it `hangs`. */
const isCarriedOut = async (hangs: boolean): Promise<boolean> => {
  let done = false;
  let end = (): void => undefined;
  const vendor = new Promise<void>((resolve) => {
    end = resolve;
  });
  const effect = {
    name: 'carry-out',
    hears: ['action.started'],
    perform: async ({ envelope: { tenant } }) => {
      if (tenant === 'globex') done = true;
      else if (hangs) await vendor;
      return [];
    },
  } as Effect<Typed, Typed, never>;
  const runtime = effectRuntime(notesOf([...Array<string>(200).fill('acme'), 'globex']));
  // The lane of acme has its turn first.
  const workers = openWorkers(runtime, [effect], () => undefined);
  await until('what globex waits for', () => done, 500, { everyMs: 5 }).catch(() => undefined);
  const seen = done;
  end();
  await workers.stop();
  return seen;
};

/** Two hundred actions at a vendor that never answers, all of one tenant; another tenant's comes a moment later. */
export const effectsThatHang: Attack = {
  name: 'effects-that-hang',
  line: 13,
  control: () => isCarriedOut(false),
  attack: async () => ((await isCarriedOut(true)) ? 'refused' : 'succeeded'),
  mutation: {
    file: 'libs/service/src/workers.ts',
    find: 'for (const lane of lanes) {\n      const effect',
    replace: 'for (const lane of lanes.slice(0, 1)) {\n      const effect',
  },
};
