import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#libs/model';
import { portsLike } from './ports.js';
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
    ports: await choosePorts(kept?.ports),
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

/** A taken one moves alone: whoever knows the others finds them where they were. */
async function choosePorts(kept: Partial<StackPorts> = {}): Promise<StackPorts> {
  const names = ['internal', 'partner', 'controller', 'store'] as const;
  const ports = await portsLike(names.map((name) => kept[name]));
  const [internal = 0, partner = 0, controller = 0, store = 0] = ports;
  return { internal, partner, controller, store };
}
