import { openLog, openSeal } from '#libs/service';
import { openStore, type Store } from '#libs/store';
import type { Stack } from '#stack';
import { definitions } from '../definitions.js';
import type { Installation } from '../installation.js';

/** Names of the services that keep facts. */
export const KEEPERS = definitions.filter(({ decides }) => decides?.length).map(({ name }) => name);

/** Opens a service's own store as the platform team, with the public keys of all services. */
export const withStore = async <T>({ stack, installation }: { stack: Pick<Stack, 'mongoUrl'>; installation: Pick<Installation, 'keys'> }, service: string, work: (store: Store) => Promise<T>): Promise<T> => {
  const TRUSTED_KEYS = { keys: Object.values(installation.keys).map((pair) => pair.public) } as Parameters<typeof openSeal>[0]['TRUSTED_KEYS'];
  const store = await openStore({ url: stack.mongoUrl, service, log: openLog('vigie', 'silent'), seal: openSeal({ TRUSTED_KEYS }) });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};
