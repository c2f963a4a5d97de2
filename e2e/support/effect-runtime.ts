import { noTraces, type Runtime } from '#libs/service';
import type { EffectTurn } from '#libs/store';

/** What a service runs effects with, over a store in memory; time stands at 0, and nothing is said anywhere. */
export const effectRuntime = (store: object): Runtime =>
  ({
    clock: { now: () => 0 },
    store,
    settings: { get: () => undefined },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: { effectsFailed: { inc: () => undefined } },
    prepare: async () => ({ records: [], later: [] }),
    put: async () => undefined,
    traces: noTraces,
  }) as unknown as Runtime;

/** The note of an effect `carry-out`, as the store hands it out. */
export const effectTurn = (id: string, tenant: string, attempt = 1): EffectTurn => ({
  id,
  tenant,
  effect: 'carry-out',
  bytes: Buffer.alloc(0),
  attempt,
  resumed: attempt > 1,
  fence: attempt,
  envelope: { id, type: 'action.started', source: 's', subject: 's', time: 0, tenant },
});
