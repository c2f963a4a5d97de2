import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaLibs, storeProgram } from './downloads.js';
import { Fault } from '#libs/model';
import { argumentFile, serverProperties } from './kafka-config.js';
import type { StackProgram } from './processes.js';
import { BROKER, type StackState, writeSecret } from './state.js';

const kafkaDir = (dir: string): string => join(dir, 'kafka');
const brokerLog = (dir: string): string => join(dir, 'logs', 'broker.log');
const storeLog = (dir: string): string => join(dir, 'logs', 'store.log');
// Also the marks by which the processes are recognised.
export const brokerMark = (dir: string): string => join(kafkaDir(dir), 'broker.args');
export const storeMark = (dir: string): string => join(dir, 'store');

/** Writes the broker's files, formats its folder the first time, and says how it is started. */
export async function prepareBroker(dir: string, state: StackState): Promise<StackProgram> {
  await mkdir(join(dir, 'logs'), { recursive: true, mode: 0o700 });
  const config = join(kafkaDir(dir), 'server.properties');
  const dataDir = join(kafkaDir(dir), 'data');
  await writeSecret(
    config,
    serverProperties({ dataDir, ports: state.ports, brokerPassword: state.users[BROKER] ?? '' }),
  );
  await writeSecret(brokerMark(dir), argumentFile([...java(dir, LIGHT), 'kafka.Kafka', config]));
  if (!existsSync(join(dataDir, 'meta.properties'))) await format(dir, config, state);
  return { name: 'broker', command: 'java', args: [`@${brokerMark(dir)}`], log: brokerLog(dir) };
}

/** The passwords go through an argument file that is removed at once: never on a command line. */
async function format(dir: string, config: string, state: StackState): Promise<void> {
  const file = join(kafkaDir(dir), 'format.args');
  const users = Object.entries(state.users).flatMap(([name, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ]);
  const tool = ['kafka.tools.StorageTool', 'format', '-t', state.clusterId, '-c', config, ...users];
  await writeSecret(file, argumentFile([...java(dir, ['-XX:TieredStopAtLevel=1']), ...tool]));
  try {
    await promisify(execFile)('java', [`@${file}`], { timeout: 120_000 });
  } catch (error) {
    throw new Fault(`Kafka's folder cannot be formatted: ${(error as { stderr?: string }).stderr ?? String(error)}`);
  } finally {
    await rm(file, { force: true });
  }
}

/** It lives minutes beside all services: most of its time went into the second compiler and the concurrent collector. */
const LIGHT = ['-Xms256m', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

// No perf data: it would show the expanded arguments in a file under /tmp.
const java = (dir: string, options: string[]): string[] => [
  '-cp',
  join(kafkaLibs(), '*'),
  '-XX:-UsePerfData',
  `-XX:ErrorFile=${join(dir, 'logs', 'java-crash.log')}`,
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  ...options,
];

export async function prepareStore(dir: string, state: StackState): Promise<StackProgram> {
  await mkdir(join(dir, 'logs'), { recursive: true, mode: 0o700 });
  await mkdir(storeMark(dir), { recursive: true, mode: 0o700 });
  // Without --sync-on-commit a kill -9 loses the writes acknowledged in the last 0.2 s; with it a write costs the same
  // here.
  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    String(state.ports.store),
    '--storage-path',
    storeMark(dir),
    '--cache-size',
    '256M',
    '--sync-on-commit',
    '--log-level',
    'WARNING',
  ];
  return { name: 'store', command: storeProgram(), args, log: storeLog(dir) };
}

/** The end of a program's log, for an error message. */
export async function lastLines({ log }: StackProgram, count = 15): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
