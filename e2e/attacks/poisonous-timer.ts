import { fireTimers, type PreparedRequests, type Runtime } from '#libs/service';
import { effectRuntime } from '../support/effect-runtime.js';
import type { Attack } from './attack.js';

/**
 * Fires what is due of two tenants; the request of a tenant named `poison` cannot be signed.
 * @returns whose were sent.
 */
const fired = async (...tenants: string[]): Promise<string[]> => {
  const sent: string[] = [];
  const due = tenants.map((tenant) => ({ id: tenant, tenant, dueAt: 0, request: { type: 'action.expire' } }));
  const runtime: Runtime = {
    ...effectRuntime({ due: async () => due, settle: async () => undefined, parkTimer: async () => undefined }),
    clock: { now: () => 1 },
    prepare: async ([one]: { tenant: string }[]): Promise<PreparedRequests> => {
      if (one?.tenant === 'poison') throw new Error('the request fits no contract');
      return { records: [{ topic: 't', key: one?.tenant ?? '', value: Buffer.alloc(0), headers: {} }], later: [] };
    },
    put: async (...prepared: PreparedRequests[]) =>
      void sent.push(...prepared.flatMap(({ records }) => records.map(({ key }) => key ?? ''))),
  };
  await fireTimers(runtime).catch(() => 0);
  return sent;
};

/** One held request that cannot be sent, before those of everybody else. */
export const poisonousTimer: Attack = {
  name: 'poisonous-timer',
  line: 13,
  control: async () => (await fired('acme', 'globex')).length === 2,
  attack: async () => ((await fired('poison', 'globex')).includes('globex') ? 'refused' : 'succeeded'),
  mutation: {
    file: 'libs/service/src/loops.ts',
    find: 'await store.parkTimer(id, briefReasonOf(error));',
    replace: 'throw error;',
  },
};
