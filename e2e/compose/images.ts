import { execFileSync } from 'node:child_process';
import { docker, dockerReading } from './engine.js';

/** An image as it was built; MB are millions of bytes, as the engine counts. */
export interface BuiltImage {
  tag: string;
  megabytes: number;
  seconds: number;
}

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();

/** Bytes of an image, as the engine counts. */
export const sizeOf = async (tag: string): Promise<number> =>
  Number(await docker(['image', 'inspect', '--format', '{{.Size}}', `vigie:${tag}`]));

/** Builds the image of what an archive holds, by its own Dockerfile. */
const build = async (archive: string[], tag: string, log: string): Promise<BuiltImage> => {
  const began = Date.now();
  // The build fetches dependencies: an engine without a default network can do so on the machine's.
  await dockerReading(archive, ['build', '--network=host', '--tag', `vigie:${tag}`, '-'], log);
  const megabytes = Math.round((await sizeOf(tag)) / 1e6);
  return { tag, megabytes, seconds: Math.round((Date.now() - began) / 1_000) };
};

const FILES = 'git ls-files --cached --others --exclude-standard -z';

/** Builds the image of what lies in the working directory. */
export const buildHere = (tag: string, log: string): Promise<BuiltImage> =>
  build(['sh', '-c', `${FILES} | tar --null --files-from - --create`], tag, log);

/** Builds the image of a commit. */
export const buildCommit = (commit: string, tag: string, log: string): Promise<BuiltImage> =>
  build(['git', 'archive', '--format=tar', commit], tag, log);

/** How far back a release is looked for where none is tagged. */
const MOST_BACK = 30;

/**
 * The release before: the newest tag below what lies here; where nothing is tagged, the oldest of the last thirty
 * commits with the same contracts, which is what can be gone back to.
 */
export const releaseBefore = (): { commit: string; named: string } => {
  const here = git('rev-parse', 'HEAD');
  const tag = git('tag', '--merged', 'HEAD~1', '--sort=-version:refname').split('\n')[0];
  if (tag) return { commit: git('rev-parse', `${tag}^{commit}`), named: tag };
  const contracts = git('rev-parse', `${here}:contracts`);
  const back = git('rev-list', '--first-parent', `--max-count=${MOST_BACK + 1}`, 'HEAD~1').split('\n');
  const other = back.findIndex((commit) => git('rev-parse', `${commit}:contracts`) !== contracts);
  const commit = back[(other < 0 ? back.length : other) - 1] ?? git('rev-parse', 'HEAD~1');
  return { commit, named: `commit ${commit.slice(0, 8)} (no release is tagged)` };
};

/** Whether two releases speak the same contracts: only then the newer can be gone back from. */
export const sameContracts = (commit: string): boolean =>
  git('rev-parse', `${commit}:contracts`) === git('rev-parse', 'HEAD:contracts');

export const dropImage = async (tag: string): Promise<void> =>
  void (await docker(['image', 'rm', '--force', `vigie:${tag}`]).catch(() => undefined));
