import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broker } from '#libs/events';
import { openLog } from '#libs/service';
import { openStore, type Store } from '#libs/store';
import { until } from '#libs/testing';
import { isAlive } from '#stack';
import { adminBroker, up, type RunningInstallation } from '../../cli/src/index.js';

export const silent = openLog('e2e', 'silent');
/** For a look at the logs after a failure: the folder stays, its name is told. */
const KEEP = process.env.VIGIE_E2E_KEEP === '1';

/** Stack, stand-ins and services of one test file, each a process of its own, in a folder that is gone afterwards. */
export interface TestInstallation {
  up: RunningInstallation;
  /** As the platform's super user. */
  broker: Broker;
  /** A service's database, as `vigie` reads it. */
  storeOf<T>(service: string, work: (store: Store) => Promise<T>): Promise<T>;
  /** Ends everything. @returns pids that are still there; empty when all is well. */
  leave(): Promise<number[]>;
}

const pidsOf = ({ installation, stack }: RunningInstallation): number[] =>
  [...Object.values(installation.pids), stack.pids.broker, stack.pids.store].filter((pid): pid is number =>
    Boolean(pid),
  );

const gone = async (pids: number[]): Promise<number[]> => {
  await until('all processes to end', () => !pids.some(isAlive), 20_000).catch(() => undefined);
  return pids.filter(isAlive);
};

/** A backup to begin with, and the keys of the installation it is of. */
export interface EarlierLife {
  backup: string;
  keys: Pick<RunningInstallation['installation'], 'keys' | 'issuer'>;
  /** All services in one process. */
  oneProcess?: boolean;
}

/** @param more a life to go on from, or the mail server that oncall sends by. */
export const install = async (more?: EarlierLife | { smtp: string }): Promise<TestInstallation> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-e2e-'));
  const told: string[] = [];
  const running = await up({
    ...{ dir, wipe: true, detached: false, ...more },
    say: (line) => told.push(line),
  }).catch((error: unknown) => {
    throw new Error(`${dir} after ${told.join(', ')}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  });
  const broker = adminBroker(running.stack);
  return {
    up: running,
    broker,
    storeOf: async (service, work) => {
      const store = await openStore({ url: running.stack.mongoUrl, service, log: silent });
      try {
        return await work(store);
      } finally {
        await store.close();
      }
    },
    leave: async () => {
      const pids = pidsOf(running);
      await broker.close();
      await running.stop();
      if (KEEP) process.stderr.write(`${dir}\n`);
      else rmSync(dir, { recursive: true, force: true });
      return gone(pids);
    },
  };
};
