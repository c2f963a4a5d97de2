import { Refused } from '#libs/model';
import { baseShape, hasStreams, openLog, openSeal, type BaseConfig, type Environment } from '#libs/service';
import { openStore, type Store } from '#libs/store';
import { definitions } from '../pages/definitions.js';
import type { Stack } from '#stack';
import { archiveOf } from './archive-dir.js';
import { loadInstallation, type Installation } from '../installation/saved-installation.js';

/** Names of the services that keep facts. */
export const KEEPERS = definitions.filter(hasStreams).map(({ name }) => name);

/** Of the streams of a service. */
export const decidersOf = (service: string) => definitions.find(({ name }) => name === service)?.decides ?? [];

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
      archive: archiveOf(service),
    });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };

/** Of an installation of this machine. */
export const storesOf = ({
  stack,
  installation,
}: {
  stack: Stack;
  installation: Pick<Installation, 'keys'>;
}): WithStore =>
  storesAt(stack.mongoUrl, {
    keys: Object.values(installation.keys).map((pair) => pair.public),
  } as BaseConfig['TRUSTED_KEYS']);

const trustedIn = (text: string): BaseConfig['TRUSTED_KEYS'] => {
  const { success, data } = baseShape.TRUSTED_KEYS.safeParse(text);
  if (!success) throw new Refused('TRUSTED_KEYS is not {"keys": […]}, the public keys of the services', 'BAD_KEYS');
  return data;
};

/** Of what `openStack` reaches. @throws Refused where neither TRUSTED_KEYS nor an installation of this machine has keys. */
export const storesHere = (stack: Stack, environment: Environment = process.env): WithStore => {
  const { TRUSTED_KEYS } = environment;
  if (TRUSTED_KEYS) return storesAt(stack.mongoUrl, trustedIn(TRUSTED_KEYS));
  const installation = loadInstallation();
  if (!installation) throw new Refused('set TRUSTED_KEYS, the public keys of the services', 'NO_KEYS');
  return storesOf({ stack, installation });
};
