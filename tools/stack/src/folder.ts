import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#libs/model';
import { areFree, freePorts } from './ports.js';
import {
  ADMIN,
  BROKER,
  DATA,
  newClusterId,
  newPassword,
  type StackPorts,
  readState,
  type StackState,
  writeState,
} from './state.js';

export interface StackOpening {
  kind: 'docker' | 'local';
  users: string[];
  detached: boolean;
}

/**
 * The state of a stack about to start: passwords as kept, or new ones; the ports kept if nobody took them meanwhile.
 */
export async function openFolder(dir: string, { kind, users, detached }: StackOpening): Promise<StackState> {
  const kept = await readState(dir);
  if (kept && kept.kind !== kind)
    throw new Fault(
      `${dir} holds the data of a stack of another kind (${kept.kind}); wipe it or choose another folder`,
    );
  const newUsers = (): Record<string, string> =>
    Object.fromEntries([ADMIN, BROKER, ...users].map((name) => [name, newPassword()]));
  const state: StackState = {
    kind,
    clusterId: kept?.clusterId ?? newClusterId(),
    ports: kept && (await areFree(Object.values(kept.ports))) ? kept.ports : await choosePorts(),
    pids: {},
    owner: process.pid,
    detached,
    users: kept?.users ?? newUsers(),
    ...(kind === 'docker' && {
      mongo: kept?.mongo ?? { password: newPassword(), key: randomBytes(48).toString('base64') },
    }),
  };
  await writeState(dir, state);
  return state;
}

/** Removes the data, the passwords and the logs of the folder, nothing else in it. */
export async function wipe(dir: string): Promise<void> {
  await Promise.all(DATA.map((name) => rm(join(dir, name), { recursive: true, force: true })));
}

async function choosePorts(): Promise<StackPorts> {
  const [internal = 0, partner = 0, controller = 0, store = 0] = await freePorts(4);
  return { internal, partner, controller, store };
}
