import { rmSync } from 'node:fs';
import { startWorld, type World } from '#libs/testing';
import { definitions } from '../../cli/src/index.js';
import type { AttackGround } from '../attacks/attack.js';
import { settings, type WorldReach } from './settings.js';

/** A broker and a store are some 600 MB: the world that was not used for longest ends before another begins. */
const AT_ONCE = 2;

interface StartedWorld {
  world: World;
  reach: WorldReach;
}

const reaches = new WeakMap<World, WorldReach>();

/** Where the services of a world are reached. @throws Error for a world that attacks did not start. */
export const reachOf = (world: World): WorldReach => {
  const reach = reaches.get(world);
  if (!reach) throw new Error('this world is not one of the attacks');
  return reach;
};

/** Worlds of services, started when first asked for. */
export interface AttackWorlds extends AttackGround {
  /** How long worlds were being started until now, ms: no attack's fault. */
  startedMs(): number;
  /** Whether one is being started at this moment. */
  starting(): boolean;
  /** Ends all of them: no process and no folder is left. */
  stop(): Promise<void>;
}

const startKept = async (services: readonly string[]): Promise<StartedWorld> => {
  const { reach, environment } = await settings();
  const named = definitions.filter(({ name }) => services.includes(name));
  try {
    const world = await startWorld(named, { environment });
    reaches.set(world, reach);
    return { world, reach };
  } catch (error) {
    rmSync(reach.dir, { recursive: true, force: true });
    throw error;
  }
};

const end = async ({ world, reach }: StartedWorld): Promise<void> => {
  await world.stop().finally(() => rmSync(reach.dir, { recursive: true, force: true }));
};

/** @param say told what is started, a line each. */
export const worlds = (say: (line: string) => void = () => undefined): AttackWorlds => {
  const kept = new Map<string, Promise<StartedWorld>>();
  let [startedMs, underWay] = [0, 0];
  const makeRoom = async (): Promise<void> => {
    const [oldest] = kept;
    if (!oldest || kept.size < AT_ONCE) return;
    kept.delete(oldest[0]);
    await end(await oldest[1]);
  };
  const take = async (services: readonly string[]): Promise<World> => {
    const key = [...new Set(services)].sort().join(' ');
    let found = kept.get(key);
    if (!found) {
      await makeRoom();
      say(`starting a broker, a store and ${key}`);
      found = startKept(services);
      found.catch(() => kept.delete(key));
    }
    // Last in the map: last to be ended.
    kept.delete(key);
    kept.set(key, found);
    return (await found).world;
  };
  return {
    world: async (...services) => {
      const began = Date.now();
      underWay += 1;
      try {
        return await take(services);
      } finally {
        underWay -= 1;
        startedMs += Date.now() - began;
      }
    },
    startedMs: () => startedMs,
    starting: () => underWay > 0,
    stop: async () => {
      const all = await Promise.allSettled(kept.values());
      kept.clear();
      for (const one of all) if (one.status === 'fulfilled') await end(one.value);
    },
  };
};
