import { hasStreams, openLog, openSeal, type BaseConfig } from '#libs/service';
import { openStore, type Store } from '#libs/store';
import { definitions } from '../pages/definitions.js';
import type { InstallationSession } from '../gateway/session.js';

/** Names of the services that keep facts. */
export const KEEPERS = definitions.filter(hasStreams).map(({ name }) => name);

/** Does something with a service's own store, and closes it. */
export type WithStore = <T>(service: string, work: (store: Store) => Promise<T>) => Promise<T>;

/** Opens stores as the platform team, which has the public keys of all services and no other. */
export const storesAt =
  (mongoUrl: string, TRUSTED_KEYS: BaseConfig['TRUSTED_KEYS']): WithStore =>
  async (service, work) => {
    const store = await openStore({
      url: mongoUrl,
      service,
      log: openLog('vigie', 'silent'),
      seal: openSeal({ TRUSTED_KEYS }),
    });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };

export const storesOf = ({ stack, installation }: Pick<InstallationSession, 'stack' | 'installation'>): WithStore =>
  storesAt(stack.mongoUrl, {
    keys: Object.values(installation.keys).map((pair) => pair.public),
  } as BaseConfig['TRUSTED_KEYS']);
