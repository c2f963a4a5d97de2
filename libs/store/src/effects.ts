import type { Opened } from './collections.js';
import { faultOf } from './errors.js';
import { scopeOf } from './scope.js';

/** What is known of an effect's earlier attempts at a fact: none, one whose end is not known, or one that ended. */
export type Begun = 'NEW' | 'RESUMED' | 'DONE';

const idOfEffect = (tenant: string, effect: string, factId: string): string => `${scopeOf(tenant)}/${effect}/${factId}`;

/** Notes that an effect sets to work on a fact, before it does. */
export const beginEffect = async (opened: Opened, tenant: string, effect: string, factId: string): Promise<Begun> => {
  const _id = idOfEffect(tenant, effect, factId);
  const before = await opened.patiently('beginning an effect', () =>
    opened.effects.findOneAndUpdate({ _id }, { $setOnInsert: { tenant: scopeOf(tenant), begunAt: new Date() } }, { upsert: true, returnDocument: 'before' }))
    .catch((error: unknown) => { throw faultOf('beginning an effect', error); });
  if (!before) return 'NEW';
  return before.doneAt ? 'DONE' : 'RESUMED';
};

/** Notes that what came of the effect has been sent: it is never performed again for this fact. */
export const finishEffect = async (opened: Opened, tenant: string, effect: string, factId: string): Promise<void> => {
  await opened.patiently('finishing an effect', () =>
    opened.effects.updateOne({ _id: idOfEffect(tenant, effect, factId) }, { $set: { doneAt: new Date() } }, { upsert: true }))
    .catch((error: unknown) => { throw faultOf('finishing an effect', error); });
};
