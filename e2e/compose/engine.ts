import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { Fault } from '#libs/model';

const run = promisify(execFile);
const MINUTES = 60_000;

/** What a client of the engine needs of our environment, and nothing that would stand in for an installation's own. */
const forClient = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(PATH|HOME|USERPROFILE|SystemRoot|TEMP|TMP|DOCKER_.*)$/.test(name),
    ),
  ),
  ...more,
});

/** Runs the engine's client. @returns what it printed. @throws Fault with its own words. */
export const docker = async (args: readonly string[], environment: Record<string, string> = {}): Promise<string> => {
  try {
    const options = { env: forClient(environment), timeout: 20 * MINUTES, maxBuffer: 64 * 1024 * 1024 };
    return (await run('docker', [...args], options)).stdout;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new Fault(`docker ${args.slice(0, 2).join(' ')} failed: ${stderr?.trim().slice(-2_000) || String(error)}`);
  }
};

/** Whether an engine answers (that of DOCKER_HOST, or the default one) and its client can compose. Starts none. */
export const engineAnswers = async (): Promise<boolean> => {
  try {
    await run('docker', ['info'], { env: forClient(), timeout: 10_000 });
    await run('docker', ['compose', 'version'], { env: forClient(), timeout: 10_000 });
    return true;
  } catch {
    return false;
  }
};

/** Runs the client on what another program prints; both say in a file what they have to say. */
export const dockerReading = async (from: readonly string[], args: readonly string[], log: string): Promise<void> => {
  const [command = '', ...rest] = from;
  const told = createWriteStream(log, { flags: 'a' });
  await new Promise((resolve) => told.once('open', resolve));
  const source = spawn(command, rest, { stdio: ['ignore', 'pipe', told] });
  const client = spawn('docker', [...args], { env: forClient(), stdio: ['pipe', told, told] });
  const ended = [source, client].map(
    (child) => new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1))),
  );
  await pipeline(source.stdout, client.stdin).catch(() => undefined);
  if ((await Promise.all(ended)).some((code) => code !== 0)) throw new Fault(`docker ${args[0]} failed: see ${log}`);
};
