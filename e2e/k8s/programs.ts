import { execFile, spawnSync } from 'node:child_process';

export interface ProgramOutput {
  out: string;
  err: string;
}

/** Runs a program to its end. @throws Error with what it said, when it ends with another code than 0; `out` is whole. */
export const program = (command: string, args: readonly string[], input?: string): Promise<ProgramOutput> =>
  new Promise((resolve, reject) => {
    const child = execFile(command, [...args], { maxBuffer: 256 * 1024 * 1024 }, (error, out, err) => {
      if (!error) return resolve({ out, err });
      const said = (err || out || error.message).trim().slice(0, 2_000);
      reject(Object.assign(new Error(`${command} ${args.slice(0, 4).join(' ')}: ${said}`), { out, err }));
    });
    child.stdin?.on('error', () => undefined).end(input ?? '');
  });

/** Whether it is there, and answers. */
export const answers = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;

export const kubectl = async (args: readonly string[], input?: string): Promise<string> =>
  (await program('kubectl', args, input)).out;

export const kubectlJson = async <Answer>(...args: string[]): Promise<Answer> =>
  JSON.parse(await kubectl([...args, '--output', 'json'])) as Answer;

export const helm = (...args: string[]): Promise<ProgramOutput> => program('helm', args);
