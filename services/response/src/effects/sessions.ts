import { readFileSync } from 'node:fs';
import type { TenantState } from '#contracts';
import { Fault } from '#libs/model';
import { connectorOf, createEgress, createHttp, openSession, type Clock, type Session } from '../connectors/index.js';

/** Finds the account through which to act for a tenant. */
export interface Sessions {
  /** @returns undefined when the tenant has no connector that offers the class. */
  for(settings: TenantState | undefined, actionClass: string): Session | undefined;
  clock: Clock;
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

/** The parser's own error would quote the secrets, and end in what people read of an action. */
const secretsOf = (text: string): Record<string, unknown> => {
  let secrets: unknown;
  try {
    secrets = JSON.parse(text);
  } catch {
    throw new Fault('the secrets file is not JSON');
  }
  if (typeof secrets !== 'object' || secrets === null) throw new Fault('the secrets file is not a JSON object');
  return { ...secrets };
};

/** Secrets by reference, from a file that only the service can read; read anew each time, so that a rotation needs no restart. */
export const secretsFrom = (file: string) => async (ref: string): Promise<string> => {
  const secrets = secretsOf(readFileSync(file, 'utf8'));
  const secret = Object.hasOwn(secrets, ref) ? secrets[ref] : undefined;
  if (typeof secret !== 'string') throw new Fault(`no secret is kept under ${ref}`);
  return secret;
};

export const openSessions = (options: { secretsFile: string; allow: string[]; now(): number }): Sessions => {
  const clock: Clock = { now: options.now, sleep };
  const ports = { http: createHttp(createEgress({ allow: options.allow })), clock, secrets: secretsFrom(options.secretsFile) };
  const open = new Map<string, Session>();
  return {
    clock,
    for: (settings, actionClass) => {
      const config = settings?.connectors.find(({ vendor }) => connectorOf(vendor)?.actions.some((action) => action.actionClass === actionClass));
      const connector = config && connectorOf(config.vendor);
      if (!connector || !config || !settings) return undefined;
      const key = `${settings.tenantId}/${JSON.stringify(config)}`;
      const session = open.get(key) ?? openSession(connector, config, ports);
      open.set(key, session);
      return session;
    },
  };
};
