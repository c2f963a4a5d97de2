import { fromRecord, tenantOfKey, type Broker, type InRecord } from '#libs/events';
import type { TenantPage, TenantState } from '#contracts';
import { Unreadable } from '#libs/model';
import type { Logger } from 'pino';
import { tenantForms } from './tenant-forms.js';

/**
 * The current form of every tenant, with all its assets, from the compacted topic. Read to its end before a service
 * starts.
 */
export interface TenantDirectory {
  get(tenant: string): TenantState | undefined;
  all(): TenantState[];
}

/** What a record says of a tenant; undefined for what concerns none. */
const saidIn = (record: InRecord): TenantState | TenantPage | undefined => {
  const { envelope, message } = fromRecord(record);
  if (message.type !== 'tenant.state' && message.type !== 'tenant.page') return undefined;
  const said = message as TenantState | TenantPage;
  return said.tenantId === envelope.tenant ? said : undefined;
};

export const openDirectory = async (
  broker: Broker,
  log: Logger,
  onFault: (error: Error) => void,
): Promise<TenantDirectory & { stop(): Promise<void> }> => {
  const forms = tenantForms();
  const read = (record: InRecord): void => {
    // A tombstone. That of a page says nothing: whether it is needed says the state.
    if (record.value.length === 0)
      return record.key && !record.key.includes('/') ? forms.forget(record.key) : undefined;
    const said = saidIn(record);
    if (said) forms.heard(said);
  };
  const consumption = broker.consume({
    topics: ['vigie.tenant.state'],
    fromBeginning: true,
    // Deciding by old settings would be worse than not deciding.
    onFault,
    handle: async ({ records }) => {
      for (const record of records) {
        try {
          read(record);
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
          log.error({ tenant: tenantOfKey(record.key), code: error.code }, 'a tenant state cannot be read');
        }
      }
      for (const one of forms.waiting()) log.error(one, 'pages of a tenant are missing: its form before holds');
    },
  });
  await consumption.ready();
  return { get: forms.get, all: forms.all, stop: () => consumption.stop() };
};
