import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attachStack, startStack, type Stack } from '#stack';
import { allowWrite, createTopics, read, remembered, send } from './clients.js';

// One of these starts three stacks in a row, and a machine may be busy.
jest.setTimeout(300_000);

/** Kafka does not tell a topic one may not see from one that is not there. */
const NOT_ALLOWED = /not authorized|no such topic/i;

let dir = '';
beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), 'vigie-stack-'))));
afterEach(async () => {
  // Only a test that failed has left one.
  await (await attachStack(dir))?.stop();
  await rm(dir, { recursive: true, force: true });
});

/** Processes of this machine whose command line names the folder. */
const processesOver = (folder: string): string[] =>
  execFileSync('ps', ['-ww', '-axo', 'stat=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && !line.startsWith('Z'));

async function eventually(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`${what}: not within 20 s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts a stack in another process; resolves when it stands. */
async function startElsewhere(mode: 'kept' | 'detached'): Promise<{ kill: () => Promise<void> }> {
  const args = [
    '--conditions=source',
    'tools/stack/test/typescript-child.cjs',
    'tools/stack/test/start-and-stay.ts',
    dir,
    mode,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', () => resolve());
    child.once('exit', () => reject(new Error('the other process ended before its stack stood')));
  });
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe('a stack that runs', () => {
  let folder = '';
  let stack: Stack;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-stack-'));
    stack = await startStack({ dir: folder, users: ['acme'] });
  });
  afterAll(async () => {
    await stack?.stop();
    const left = processesOver(folder);
    await rm(folder, { recursive: true, force: true });
    expect(left).toEqual([]);
  });

  it('lets nobody do what no rule allows, and a partner write its own topic only', async () => {
    await createTopics(stack, ['own', 'foreign']);
    await send(stack.brokers, stack.admin, 'own', 'from the platform');
    const acme = stack.userFor('acme');
    await expect(send(stack.partnerBrokers, acme, 'own', 'too early')).rejects.toThrow(NOT_ALLOWED);
    await allowWrite(stack, 'acme', 'own');
    await send(stack.partnerBrokers, acme, 'own', 'from acme');
    await expect(send(stack.partnerBrokers, acme, 'foreign', 'no')).rejects.toThrow(NOT_ALLOWED);
    await expect(send(stack.partnerBrokers, { ...acme, password: 'guessed' }, 'own', 'no')).rejects.toThrow(
      /authentication/i,
    );
    expect(await read(stack, 'own', 2)).toEqual(['from the platform', 'from acme']);

    const later = { username: 'later.partner', password: 'a, "quoted" = one' };
    await stack.addUser(later);
    await allowWrite(stack, later.username, 'foreign');
    await send(stack.partnerBrokers, later, 'foreign', 'from later');
    expect(stack.userFor(later.username)).toEqual(later);
    await stack.removeUser(later.username);
    await expect(send(stack.partnerBrokers, later, 'foreign', 'gone')).rejects.toThrow(/authentication/i);
    await expect(startStack({ dir: folder })).rejects.toThrow(/already runs/);
  });

  it('shows no password on a command line, in a log, or to another user of the machine', async () => {
    const secrets = Object.values(
      (JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')) as { users: Record<string, string> }).users,
    );
    expect(secrets.length).toBe(3);
    const shown = [
      execFileSync('ps', ['-ww', '-axo', 'args='], { encoding: 'utf8' }),
      ...(await readdir(join(folder, 'logs'))).map((name) => readFileSync(join(folder, 'logs', name), 'utf8')),
    ].join('\n');
    expect(secrets.filter((secret) => shown.includes(secret))).toEqual([]);
    for (const file of ['state.json', 'kafka/server.properties'])
      expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
    expect(existsSync(join(folder, 'kafka', 'format.args'))).toBe(false);
  });

  it('uses a broker and a store given by the environment, makes users there, and leaves both running', async () => {
    const theirs = stack;
    const before = { ...process.env };
    Object.assign(process.env, {
      KAFKA_BROKERS: theirs.brokers.join(','),
      KAFKA_PARTNER_BROKERS: theirs.partnerBrokers.join(','),
      MONGO_URL: theirs.mongoUrl,
      KAFKA_ADMIN_USERNAME: theirs.admin.username,
      KAFKA_ADMIN_PASSWORD: theirs.admin.password,
      KAFKA_PASSWORD_CASES: 'chosen elsewhere',
    });
    try {
      const ours = await startStack({ dir: join(dir, 'ours'), users: ['cases', 'acme'] });
      expect(ours.kind).toBe('environment');
      expect(ours.userFor('cases').password).toBe('chosen elsewhere');
      await createTopics(ours, ['telemetry']);
      for (const name of ['cases', 'acme']) {
        await allowWrite(ours, name, 'telemetry');
        await send(ours.partnerBrokers, ours.userFor(name), 'telemetry', name);
      }
      expect(await read(ours, 'telemetry', 2)).toEqual(['cases', 'acme']);
      await expect(ours.killBroker()).rejects.toThrow(/not ours/);
      await ours.stop();
      expect(theirs.pids.broker).toBeGreaterThan(0);
      await send(theirs.brokers, theirs.admin, 'telemetry', 'still there');
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    }
  });
});

it('keeps data, passwords and addresses over a stop and over kill -9 of broker and store, until wiped', async () => {
  const first = await startStack({ dir, users: ['acme'] });
  await createTopics(first, ['kept']);
  await send(first.brokers, first.admin, 'kept', 'before');
  expect(await remembered(first, 'before')).toBe('before');
  await Promise.all([first.killBroker(), first.killStore()]);
  expect(processesOver(join(dir, 'kafka'))).toEqual([]);
  await Promise.all([first.startBroker(), first.startStore()]);
  await send(first.brokers, first.admin, 'kept', 'after the kill');
  await first.stop();

  const second = await startStack({ dir, users: ['acme', 'new'] });
  expect(second.brokers).toEqual(first.brokers);
  expect(second.userFor('acme')).toEqual(first.userFor('acme'));
  expect(second.userFor('new').password).not.toBe('');
  expect(await read(second, 'kept', 2)).toEqual(['before', 'after the kill']);
  expect(await remembered(second)).toBe('before');
  await second.stop();

  const third = await startStack({ dir, wipe: true });
  expect(await remembered(third)).toBeUndefined();
  expect(third.admin).not.toEqual(first.admin);
  await third.stop();
});

it('leaves no process when the one that started it is killed -9, also not what an attached one started again', async () => {
  const owner = await startElsewhere('kept');
  const attached = await attachStack(dir);
  await attached?.killStore();
  await attached?.startStore();
  expect(processesOver(dir).length).toBeGreaterThanOrEqual(3);
  await owner.kill();
  await eventually('nothing left', () => processesOver(dir).length === 0);
  expect(await attachStack(dir)).toBeUndefined();
});

it('outlives its starter when detached, and is ended by whoever attaches', async () => {
  const starter = await startElsewhere('detached');
  await starter.kill();
  const attached = await attachStack(dir);
  await send(attached?.brokers ?? [], attached?.admin ?? { username: '', password: '' }, 'none', 'x').catch(
    (error: unknown) => expect(String(error)).toMatch(/topic/i),
  );
  await attached?.stop();
  expect(processesOver(dir)).toEqual([]);
});
