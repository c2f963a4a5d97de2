import { openLog } from '#libs/service';
import { openBackup, type StoreBackup } from '#libs/store';

/** Opens a service's database for a backup's sake, and closes it. */
export const withBackup = async <T>(
  mongoUrl: string,
  service: string,
  work: (store: StoreBackup) => Promise<T>,
): Promise<T> => {
  const store = await openBackup({ url: mongoUrl, service, log: openLog('vigie', 'silent') });
  return work(store).finally(() => store.close());
};
