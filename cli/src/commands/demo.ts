import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { join } from 'node:path';
import { Refused } from '#libs/model';
import { attachStack } from '#stack';
import { openMailbox } from '../demo/mailbox.js';
import { demo } from '../demo/run.js';
import { recording } from '../demo/recording.js';
import { summary } from '../demo/summary.js';
import { interruption } from '../terminal/interruption.js';
import { print, say } from '../terminal/print.js';
import { fromCaller, mustBeThere, mustHaveFolder } from '../terminal/paths.js';
import { signToken } from '../installation/keys.js';
import { DEV_ADMIN } from '../installation/saved-installation.js';
import { up, type RunningInstallation } from '../installation/up.js';

interface DemoFlags {
  exit: boolean;
  json?: string;
  data?: string;
  source?: string;
  dir: string;
}

const untilInterrupted = (): Promise<void> =>
  new Promise((resolve) => {
    const hold = setInterval(() => undefined, 60_000);
    const leave = (): void => {
      clearInterval(hold);
      resolve();
    };
    interruption().signal.addEventListener('abort', leave);
  });

const tellAddresses = async ({ installation }: RunningInstallation): Promise<void> => {
  const token = await signToken(installation.issuer.secret, { kind: 'operator', subject: DEV_ADMIN });
  print(
    `\nanalyst GraphQL   ${installation.urls.analyst}\ncustomer GraphQL  ${installation.urls.customer}\nHTTP ingest       ${installation.urls.ingest}\nlogs              ${installation.dir}/log\n\nan administrator's token:\n${token}`,
  );
};

/** Before everything was up: the services leave with this process, broker and store are ended here. */
const stopHalfStarted = async (dir: string): Promise<void> => (await attachStack(join(dir, 'stack')))?.stop();

const runDemo = async ({ exit, json, data, source, dir }: DemoFlags): Promise<void> => {
  if (Boolean(data) !== Boolean(source)) throw new Refused('--data and --source go together', 'BAD_CALL');
  if (data) mustBeThere(fromCaller(data));
  if (json) mustHaveFolder(fromCaller(json));
  const began = Date.now();
  const mailbox = await openMailbox();
  let running: RunningInstallation | undefined;
  // Ctrl-C before the end: whatever runs is ended, and the code says that the story was not.
  const interrupted = (): void => {
    say('\ninterrupted: ending what was started');
    void (running?.stop() ?? stopHalfStarted(dir)).finally(() => process.exit(130));
  };
  const { signal, forget } = interruption();
  signal.addEventListener('abort', interrupted);
  try {
    say('bringing up broker, store and services');
    running = await up({ dir, wipe: true, detached: false, smtp: mailbox.url, say: (line) => say(`  ${line}`) });
    const { figures, seconds } =
      data && source ? await recording(running, fromCaller(data), source, say) : await demo(running, say);
    for (const { to, raw } of mailbox.taken)
      say(`  mail taken for ${to.join(', ')}: ${/^Message-ID: (.*)$/im.exec(raw)?.[1] ?? ''}`);
    print(`\n${summary(figures)}`);
    await tellAddresses(running);
    if (json)
      writeFileSync(
        fromCaller(json),
        `${JSON.stringify({ figures, storySeconds: seconds, totalSeconds: Math.round((Date.now() - began) / 1_000), urls: running.installation.urls }, null, 2)}\n`,
      );
    forget();
    if (!exit) {
      say('\nrunning until Ctrl-C');
      await untilInterrupted();
    }
  } finally {
    say('ending what was started');
    await running?.stop();
    await mailbox.stop();
  }
};

/** demo */
export const defineDemo = (demo: Command): void => {
  demo
    .option('--exit', 'end when the story is told; otherwise it keeps running until Ctrl-C', false)
    .option('--json <file>', 'write the figures there')
    .option('--data <file>', 'replay a recording (JSON lines; plain, .gz or .zip) at one customer instead')
    .option('--source <kind>', 'with --data: windows | aws-cloudtrail | okta | suricata')
    .option('--dir <folder>', 'where data, keys, logs and reports are kept', '.stack/demo')
    .action(runDemo);
};
