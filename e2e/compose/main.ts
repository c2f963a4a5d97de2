import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Stage } from '../../cli/src/index.js';
import { actsOfRun, type ActsOfRun } from './acts.js';
import { arrived, lossesOf } from './arrived.js';
import { engineAnswers } from './engine.js';
import { looseEnds } from './held.js';
import { buildCommit, buildHere, type BuiltImage, dropImage, releaseBefore, sameContracts, sizeOf } from './images.js';
import { startLoad, type SteadyLoad } from './load.js';
import { stageOutside } from './outside.js';
import { operate } from './operations.js';
import { useOwnStack } from './own-stack.js';
import { type ComposeProject, CONTAINERS, openProject } from './project.js';
import { tellStory } from './story.js';

const MOST_MEGABYTES = 350;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const USAGE = `npm run e2e:compose -- [--from <tag or commit>] [--image <tag>] [--from-image <tag>] [--kill <name>]… [--keep]
  --from        the release that is upgraded from and gone back to; default: the newest tag, or where nothing is tagged
                the oldest of the last thirty commits with the same contracts
  --image       an image vigie:<tag> that is there already, instead of building one of what lies here
  --from-image  the same, of the release before
  --kill        kills this container alone instead of each in turn; may be said again
  --keep        leaves the installation running, and says how to end it`;

interface ComposeFlags {
  from?: string;
  image?: string;
  'from-image'?: string;
  kill?: string[];
  keep?: boolean;
  help?: boolean;
}

/** What a run works on, as far as it has come. */
interface ComposeRun {
  dir: string;
  flags: ComposeFlags;
  images: { now: string; before: string };
  commit: string;
  project?: ComposeProject;
  stage?: Stage;
  load?: SteadyLoad;
}

const there = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('it was not brought up');
  return value;
};
const busy = (): string => `load ${(loadavg()[0] ?? 0).toFixed(1)}`;
const toldOf = ({ megabytes, seconds }: BuiltImage): string => `${megabytes} MB, built in ${seconds} s`;

const images = async ({ act }: ActsOfRun, run: ComposeRun): Promise<void> => {
  const { from, image, 'from-image': fromImage } = run.flags;
  await act(`the image is built, and has at most ${MOST_MEGABYTES} MB`, async () => {
    if (image === undefined) say(`        ${toldOf(await buildHere(run.images.now, join(run.dir, 'build.log')))}`);
    const bytes = await sizeOf(run.images.now);
    if (bytes > MOST_MEGABYTES * 1e6) throw new Error(`it has ${Math.round(bytes / 1e6)} MB`);
    return `${Math.round(bytes / 1e6)} MB`;
  });
  await act('the image of the release before is built', async () => {
    const before = from === undefined ? releaseBefore() : { commit: from, named: from };
    run.commit = before.commit;
    if (fromImage !== undefined) return before.named;
    return `${before.named}, ${toldOf(await buildCommit(before.commit, run.images.before, join(run.dir, 'before.log')))}`;
  });
};

const bringUp = async ({ act }: ActsOfRun, run: ComposeRun): Promise<void> => {
  await act('the release before comes up, all healthy', async () => {
    run.project = await openProject(`vigie-e2e-${randomBytes(4).toString('hex')}`, run.dir, run.images.now);
    return `${await run.project.up(run.images.before)} s, ${busy()}`;
  });
  await act('a customer whose tools never rest comes on board', async () => {
    run.stage = await stageOutside(there(run.project), (line) => say(`      ${line}`));
    run.load = await startLoad(run.stage);
  });
};

/** As docs/operate.md says: the services of one release are stopped before the first of another starts. */
const change = async ({ project }: ComposeRun, tag: string): Promise<string> => {
  await there(project).compose('stop', ...CONTAINERS.slice(2));
  return `${await there(project).up(tag)} s, ${busy()}`;
};

const killEach = async ({ act }: ActsOfRun, run: ComposeRun): Promise<void> => {
  for (const name of CONTAINERS.filter((one) => run.flags.kill?.includes(one) ?? true))
    await act(`${name} is killed and comes back, and all are healthy again`, async () => {
      const project = there(run.project);
      await project.compose('kill', name);
      await project.compose('start', name);
      return `${Math.round(await project.healthy())} s`;
    });
};

const play = async (acts: ActsOfRun, run: ComposeRun): Promise<void> => {
  const { act } = acts;
  await images(acts, run);
  await bringUp(acts, run);
  await act('upgraded under load', () => change(run, run.images.now));
  await act('no container may more than it must', async () => {
    const loose = await looseEnds(there(run.project));
    if (loose.length > 0) throw new Error(loose.join('; '));
  });
  await act('ends and comes up again, all healthy', async () => {
    await there(run.project).compose('stop');
    return `${await there(run.project).up(run.images.now)} s, ${busy()}`;
  });
  await tellStory(acts.chapter(), { project: () => there(run.project), stage: () => there(run.stage) });
  await killEach(acts.chapter(), run);
  if (run.commit && sameContracts(run.commit)) await act('gone back under load', () => change(run, run.images.before));
  else {
    acts.skip();
    say('skipped gone back under load: the release before has other contracts');
  }
  await act('nothing that was acknowledged is lost', async () => {
    const load = there(run.load);
    await load.stop();
    const count = await arrived(there(run.stage), load);
    say(`        ${JSON.stringify(count)}`);
    const losses = lossesOf(count);
    if (losses.length > 0) throw new Error(losses.join('; '));
    return '0 lost';
  });
  await act('what an operator does by commands works beside it', () =>
    operate(there(run.project), there(run.stage), run.images.now),
  );
  await acts.act('tools/stack has broker and store in containers, which outlive kill -9 and a stop', () =>
    useOwnStack(join(run.dir, 'stack')),
  );
};

/** For a look afterwards: what the containers said. */
const keepLogs = async ({ dir, project }: ComposeRun): Promise<void> => {
  if (!project) return;
  const said = await Promise.all(
    [
      ['ps', '--all'],
      ['logs', '--no-color', '--timestamps'],
    ].map((args) => project.compose(...args).catch(String)),
  );
  writeFileSync(join(dir, 'containers.log'), said.join('\n'), { mode: 0o600 });
};

/** Ends and removes all that was made; after a failure the folder with the logs stays. */
const tidyUp = async (current: ComposeRun, failed: boolean): Promise<void> => {
  const { dir, flags, images, project, load } = current;
  if (flags.keep)
    return say(`kept: docker compose --project-name ${project?.name} down --volumes; its settings are in ${dir}`);
  void load?.stop().catch(() => undefined);
  if (failed) await keepLogs(current);
  await project?.down();
  if (flags.image === undefined) await dropImage(images.now);
  if (flags['from-image'] === undefined) await dropImage(images.before);
  for (const secret of ['.env', 'connectors', 'outside']) rmSync(join(dir, secret), { recursive: true, force: true });
  if (failed) say(`what was said meanwhile lies in ${dir}`);
  else rmSync(dir, { recursive: true, force: true });
};

/** @returns the exit code. Last line: N passed, N failed, N skipped. */
export const run = async (argv: string[]): Promise<number> => {
  const flags = parseArgs({
    args: argv,
    options: {
      from: { type: 'string' },
      image: { type: 'string' },
      'from-image': { type: 'string' },
      kill: { type: 'string', multiple: true },
      keep: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values;
  if (flags.help) {
    say(USAGE);
    return 0;
  }
  const acts = actsOfRun(say);
  if (await engineAnswers()) {
    const made = randomBytes(4).toString('hex');
    const dir = mkdtempSync(join(tmpdir(), 'vigie-compose-'));
    const tags = { now: flags.image ?? `e2e-${made}`, before: flags['from-image'] ?? `e2e-before-${made}` };
    const current: ComposeRun = { dir, flags, images: tags, commit: '' };
    const interrupted = (): void => {
      say('interrupted: ending what was started');
      void tidyUp(current, false).finally(() => process.exit(130));
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    try {
      await play(acts, current);
    } finally {
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      await tidyUp(current, acts.failed());
    }
  } else {
    acts.skip();
    say('skipped: no engine');
  }
  say(acts.last());
  return acts.failed() ? 1 : 0;
};
