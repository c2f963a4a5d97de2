import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '#libs/model';
import { locked } from './lock.js';
import { missing } from './prerequisites.js';

export const KAFKA_VERSION = '4.1.0';
export const STORE_VERSION = '0.7.0b3';

/** Shared by every stack of this checkout, whatever its data folder. */
export const cache = (): string => resolve('.stack', 'cache');
export const kafkaLibs = (): string => join(cache(), `kafka-${KAFKA_VERSION}`, 'libs');
const venvDir = (): string => join(cache(), `secantus-${STORE_VERSION}`);
export const storeProgram = (): string => join(venvDir(), 'bin', 'secantusd-py');

// Written last: a download cut short is done again.
const kafkaMark = (): string => join(cache(), `kafka-${KAFKA_VERSION}`, '.complete');
const storeMark = (): string => join(venvDir(), '.complete');

/** Fetches the broker and the store unless they are there; all missing prerequisites are named in one Fault. */
export async function download(say: (line: string) => void): Promise<void> {
  const lacking = missing({ jars: !existsSync(kafkaMark()), store: !existsSync(storeMark()) });
  if (lacking.length > 0) throw new Fault(['The local stack cannot start.', ...lacking].join('\n'));
  if (existsSync(kafkaMark()) && existsSync(storeMark())) return;
  await locked(join(cache(), '.lock'), 600_000, async () => {
    await Promise.all([fetchKafka(say), fetchStore(say)]);
  });
}

async function fetchKafka(say: (line: string) => void): Promise<void> {
  if (existsSync(kafkaMark())) return;
  say(`fetching Apache Kafka ${KAFKA_VERSION} with Maven, once`);
  await rm(kafkaLibs(), { recursive: true, force: true });
  const pom = resolve('tools', 'stack', 'kafka', 'pom.xml');
  await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${kafkaLibs()}`]);
  await writeFile(kafkaMark(), '');
}

async function fetchStore(say: (line: string) => void): Promise<void> {
  if (existsSync(storeMark())) return;
  say(`fetching SecantusDB ${STORE_VERSION} with pip, once`);
  await rm(venvDir(), { recursive: true, force: true });
  for (const [command, args] of venvCommands(venvDir(), '--pre', `secantusdb==${STORE_VERSION}`))
    await run(command, args);
  await writeFile(storeMark(), '');
}

/** What makes a folder an environment of Python of its own, and puts into it what pip is given. */
export const venvCommands = (dir: string, ...given: string[]): [command: string, args: string[]][] => [
  ['python3', ['-m', 'venv', dir]],
  [join(dir, 'bin', 'python'), ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', ...given]],
];

async function run(command: string, args: string[]): Promise<void> {
  try {
    await promisify(execFile)(command, args, { timeout: 600_000, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    const words = `${stdout}\n${stderr}`.trim().split('\n').slice(-5).join('\n');
    throw new Fault(`\`${[command, ...args].join(' ')}\` failed:\n${words || String(error)}`);
  }
}
