import type { TenantState } from '#contracts';
import { createEgress, createHttp, type Secrets } from '#libs/outbound';
import type { PausingClock, SessionPorts } from '../../connectors/connector.js';
import { connectorOf } from '../../connectors/index.js';
import { openSession, type VendorSession } from '../../session/index.js';

/** Finds the account through which to act for a tenant. */
export interface VendorSessions {
  /** @returns undefined when the tenant has no connector that offers the class. */
  for(settings: TenantState | undefined, actionClass: string): VendorSession | undefined;
  clock: PausingClock;
}

const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });

export interface SessionOptions {
  secrets: Secrets;
  /** Private hosts and ranges that may be called although private. */
  allow: readonly string[];
  now(): number;
}

/**
 * Sessions, one a tenant and vendor; settings that have changed open another, in whose place the one before is
 * forgotten with its login.
 */
export const openSessions = ({ secrets, allow, now }: SessionOptions): VendorSessions => {
  const clock: PausingClock = { now, sleep };
  const connect: SessionPorts['connect'] = (origins) => createHttp(createEgress({ allow, origins }));
  const open = new Map<string, { settled: string; session: VendorSession }>();
  return {
    clock,
    for: (settings, actionClass) => {
      const config = settings?.connectors.find(({ vendor }) =>
        connectorOf(vendor)?.actions.some((action) => action.actionClass === actionClass),
      );
      const connector = config && connectorOf(config.vendor);
      if (!connector || !config || !settings) return undefined;
      const { tenantId } = settings;
      const key = `${tenantId}/${config.vendor}`;
      const settled = JSON.stringify([config.baseUrl, config.secretRef, config.account]);
      const known = open.get(key);
      if (known?.settled === settled) return known.session;
      const session = openSession(connector, config, { connect, clock, keep: (ref) => secrets(tenantId, ref) });
      open.set(key, { settled, session });
      return session;
    },
  };
};
