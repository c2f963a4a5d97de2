import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Broker } from '#libs/events';
import { adminBroker, up, type RunningInstallation, type ServiceSettings } from '../../../../cli/src/index.js';
import { interruption, unlessInterrupted } from '../../../../cli/src/terminal/index.js';
import { openDuck, type Duck } from '../../../../services/hunting/src/lake/duck.js';
import type { NamedProcesses } from './process-use.js';
import { makeRules } from './rules-folder.js';

/** A needle among so many events is none too many for what bounds findings. */
const UNBOUNDED = '1000000';

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

interface WorldWanted {
  /** Rules beside our own: a folder, file or archive. */
  rules: string | undefined;
  settings?: ServiceSettings;
  interrupted?: AbortSignal;
  say(line: string): void;
}

const openWorld = async ({ rules, settings = {}, interrupted, say }: WorldWanted): Promise<BenchWorld> => {
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

/** Does something in an installation of its own, which ends with it. @throws Fault when somebody interrupts. */
export const inWorld = async <T>(
  wanted: Omit<WorldWanted, 'interrupted'>,
  work: (world: BenchWorld) => Promise<T>,
): Promise<T> => {
  const interrupted = interruption();
  const world = await openWorld({ ...wanted, interrupted: interrupted.signal });
  try {
    return await unlessInterrupted(interrupted.signal, work(world));
  } finally {
    await world.leave();
    interrupted.forget();
  }
};
