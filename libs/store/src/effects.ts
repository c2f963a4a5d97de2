import type { Opened } from './collections.js';
import { faultOf, isDuplicate } from './errors.js';
import { scopeOf } from './scope.js';

const idOfEffect = (tenant: string, effect: string, factId: string): string => `${scopeOf(tenant)}/${effect}/${factId}`;

/** See Store.beginEffect. After a lost connection it may meet its own note and say RESUMED: the effect then looks before it acts. */
export const beginEffect = async (opened: Opened, tenant: string, effect: string, factId: string): Promise<'NEW' | 'RESUMED' | 'DONE'> => {
  const _id = idOfEffect(tenant, effect, factId);
  try {
    await opened.patiently('beginning an effect', () => opened.effects.insertOne({ _id, tenant: scopeOf(tenant), begunAt: new Date() }));
    return 'NEW';
  } catch (error) {
    if (!isDuplicate(error)) throw faultOf('beginning an effect', error);
  }
  const note = await opened.patiently('beginning an effect', () => opened.effects.findOne({ _id }))
    .catch((error: unknown) => { throw faultOf('beginning an effect', error); });
  return note?.doneAt === undefined ? 'RESUMED' : 'DONE';
};

/** See Store.finishEffect: it is never performed again for this fact. */
export const finishEffect = async (opened: Opened, tenant: string, effect: string, factId: string): Promise<void> => {
  const _id = idOfEffect(tenant, effect, factId);
  await opened.patiently('finishing an effect', () => opened.effects.updateOne({ _id }, { $set: { doneAt: new Date() } }))
    .catch((error: unknown) => { throw faultOf('finishing an effect', error); });
};
