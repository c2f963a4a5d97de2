import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broker } from '#libs/events';
import {
  addPartner,
  adminBroker,
  DEV_ADMIN,
  graphqlClient,
  onboard,
  signToken,
  up,
  type RunningInstallation,
  type ServiceSettings,
} from '../../../../cli/src/index.js';
import { openDuck, type Duck } from '../../../../services/hunting/src/lake/duck.js';
import { KINDS, type KindName } from './kinds.js';
import type { BenchSource } from './load.js';
import type { NamedProcesses } from './process-use.js';
import { makeRules } from './rules-folder.js';

/** A needle among so many events is none too many for what bounds findings. */
const UNBOUNDED = '1000000';
const ONBOARDED_AT_ONCE = 4;

/** An installation of this measurement alone: broker, store and all services, each a process, in a folder of its own. */
export interface BenchWorld {
  up: RunningInstallation;
  /** As the platform's super user. */
  broker: Broker;
  duck: Duck;
  /** Services, and what stands beside them (stand-ins for vendors). */
  services: NamedProcesses;
  /** And the broker and the store; hunting is called by what it does with telemetry, the lake. */
  all: NamedProcesses;
  leave(): Promise<void>;
}

export interface WorldWanted {
  /** Rules beside our own: a folder, file or archive. */
  rules: string | undefined;
  settings?: ServiceSettings;
  interrupted?: AbortSignal;
  say(line: string): void;
}

export const openWorld = async ({ rules, settings = {}, interrupted, say }: WorldWanted): Promise<BenchWorld> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-pipeline-'));
  try {
    makeRules(join(dir, 'rules'), rules);
    const detection = {
      RULES_DIR: join(dir, 'rules'),
      FINDINGS_PER_RULE: UNBOUNDED,
      FINDINGS_IN_ALL: UNBOUNDED,
      ...settings.detection,
    };
    const running = await up({
      ...{ dir, wipe: true, detached: false, interrupted, say },
      settings: { ...settings, detection },
    });
    const broker = adminBroker(running.stack);
    const duck = await openDuck(join(dir, 'lake'));
    const { broker: kafka = 0, store = 0 } = running.stack.pids;
    const { hunting: lake = 0, ...others } = running.installation.pids;
    return {
      ...{ up: running, broker, duck },
      services: running.installation.pids,
      all: { ...others, lake, broker: kafka, store },
      leave: async () => {
        duck.close();
        await broker.close();
        await running.stop();
        rmSync(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
};

/** Three letters and more, of each number others. */
const lettersOf = (nth: number): string =>
  [...nth.toString(26).padStart(4, '0')].map((digit) => String.fromCharCode(65 + Number.parseInt(digit, 26))).join('');

/** Takes tenants on, each with a source of each kind, whose topics are there then. @returns where events may be sent. */
export const takeOnTenants = async (
  { up: { installation, stack } }: BenchWorld,
  tenants: number,
  kinds: readonly KindName[],
): Promise<BenchSource[]> => {
  const token = await signToken(installation.issuer.secret, { kind: 'operator', subject: DEV_ADMIN });
  const admin = graphqlClient(installation.urls.analyst ?? '', token);
  const all = Array.from({ length: tenants }, (_, nth) => nth);
  for (let from = 0; from < tenants; from += ONBOARDED_AT_ONCE)
    await Promise.all(
      all.slice(from, from + ONBOARDED_AT_ONCE).map(async (nth) => {
        const tenant = tenantOf(nth);
        for (const kind of kinds) await addPartner(stack, tenant, kind);
        await onboard(
          admin,
          tenant,
          {
            ...{ name: tenant, prefix: lettersOf(nth), language: 'EN', timeZone: 'UTC', policy: { mode: 'NOTIFY' } },
            ...{ contacts: [], assets: [], identities: [], connectors: [] },
            sources: kinds.map((name) => ({ name, kind: KINDS[name].kind })),
          },
          installation,
        );
      }),
    );
  return all.flatMap((nth) => kinds.map((kind) => ({ tenant: tenantOf(nth), kind })));
};

const tenantOf = (nth: number): string => `bench-${nth}`;
