import { fromRecord, type Broker } from '#libs/events';
import type { TenantState } from '#contracts';
import { Unreadable } from '#libs/model';
import type { Logger } from 'pino';

/** The current form of every tenant, from the compacted topic. Read to its end before a service starts. */
export interface TenantDirectory {
  get(tenant: string): TenantState | undefined;
  all(): TenantState[];
  /** Calls back with each new form of a tenant. */
  onChange(listener: (state: TenantState) => void): void;
}

export const openDirectory = async (
  broker: Broker,
  log: Logger,
  onFault: (error: Error) => void,
): Promise<TenantDirectory & { stop(): Promise<void> }> => {
  const states = new Map<string, TenantState>();
  const listeners: ((state: TenantState) => void)[] = [];
  const learn = (state: TenantState): void => {
    const known = states.get(state.tenantId);
    if (known && known.version >= state.version) return;
    states.set(state.tenantId, state);
    for (const listener of listeners) {
      try {
        listener(state);
      } catch (err) {
        // What one tenant agreed must not keep the settings of all others from being heard.
        log.error({ tenant: state.tenantId, version: state.version, err }, 'a tenant state could not be taken in');
      }
    }
  };
  const consumption = broker.consume({
    topics: ['vigie.tenant.state'],
    fromBeginning: true,
    // Deciding by old settings would be worse than not deciding.
    onFault,
    handle: async ({ records }) => {
      for (const record of records) {
        try {
          const { envelope, message } = fromRecord(record);
          if (message.type === 'tenant.state' && (message as TenantState).tenantId === envelope.tenant)
            learn(message as TenantState);
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
          log.error({ code: error.code }, 'a tenant state cannot be read');
        }
      }
    },
  });
  await consumption.ready();
  return {
    get: (tenant) => states.get(tenant),
    all: () => [...states.values()],
    onChange: (listener) => void listeners.push(listener),
    stop: () => consumption.stop(),
  };
};
