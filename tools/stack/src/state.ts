import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#libs/model';

/** What a data folder remembers between runs, passwords included: written with mode 0600. */
export interface StackState {
  kind: 'docker' | 'local' | 'environment';
  clusterId: string;
  ports: StackPorts;
  pids: { broker?: number; store?: number; keeper?: number };
  /** Process that started the stack; it owns the stack unless detached. */
  owner: number;
  detached: boolean;
  /** Password by user name. */
  users: Record<string, string>;
  /** Of the store in its container. */
  mongo?: { password: string; key: string };
}
export interface StackPorts {
  internal: number;
  partner: number;
  controller: number;
  store: number;
}

/** Names in a data folder that a wipe removes; the shared downloads are not among them. */
export const DATA = ['kafka', 'store', 'logs', 'state.json'] as const;

export const ADMIN = 'admin';
/** The broker's own identity, towards itself. */
export const BROKER = 'broker';

const fileOf = (dir: string): string => join(dir, 'state.json');

export async function readState(dir: string): Promise<StackState | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(dir), 'utf8')) as StackState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Fault(`${fileOf(dir)} cannot be read (${String(error)}); remove the folder to begin anew`);
  }
}

export async function writeState(dir: string, state: StackState): Promise<void> {
  await writeSecret(fileOf(dir), `${JSON.stringify(state, null, 2)}\n`);
}

let lastChange: Promise<void> = Promise.resolve();

/** Reads, changes and writes back, one change at a time, so that what another process added is kept. */
export function changeState(dir: string, change: (state: StackState) => void): Promise<void> {
  const next = lastChange.then(async () => {
    const state = await readState(dir);
    if (!state) throw new Fault(`${fileOf(dir)} has gone`);
    change(state);
    await writeState(dir, state);
  });
  lastChange = next.catch(() => undefined);
  return next;
}

/** Writes a file only its owner can read, whole or not at all. */
export async function writeSecret(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}

export const newPassword = (): string => randomBytes(24).toString('base64url');

/** Kafka's own form: 16 bytes in base64url, never beginning with a dash. */
export function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Refuses names that would need quoting in Kafka's files. */
export function checkName(name: string): string {
  if (!NAME.test(name)) throw new Fault(`"${name}" cannot be a user: letters, digits, dot, dash and underscore only`);
  return name;
}
