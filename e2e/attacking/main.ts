import { readFileSync, writeFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { attacks } from '../attacks/index.js';
import type { Attack } from '../attacks/attack.js';
import { SEED } from '../fuzz/fuzz.js';
import { allFuzz } from '../fuzz/index.js';
import { DOCUMENT, documented } from './document.js';
import { runFuzz } from './fuzzing.js';
import { runMutations } from './mutations.js';
import { runAttacks, type RunOutput } from './run.js';

interface AttackFlags {
  json?: boolean;
  mutate?: boolean;
  only: string[];
  line: number[];
  document?: boolean;
  fuzz?: number;
  seed: number;
}

const wall = (text: string, before: number[]): number[] => {
  if (!/^([1-9]|1[0-3])$/.test(text)) throw new InvalidArgumentError('walls are 1 to 13');
  return [...before, Number(text)];
};
const whole = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('a number is needed');
  return Number(text);
};
const named = (text: string, before: string[]): string[] => {
  if (!attacks.some(({ name }) => name === text)) throw new InvalidArgumentError(`there is no attack ${text}`);
  return [...before, text];
};

const program = (): Command =>
  new Command('npm run e2e:attacks --')
    .description(
      'Attacks on ourselves: each beside the rightful use that looks most alike. The walls are in docs/security.md.',
    )
    .option('--json', 'one JSON object a line')
    .option('--only <name>', 'only this attack; may be said again', named, [])
    .option('--line <wall>', 'only the attacks on this wall; may be said again', wall, [])
    .option('--mutate', 'take each guard away, in a copy, and see that its attack then succeeds')
    .option('--document', 'write the names of all attacks into docs/security.md, under their walls')
    .option(
      '--fuzz <runs>',
      "no attacks, but so many runs of seeded nonsense at each place where strangers' bytes come in",
      whole,
    )
    .option('--seed <seed>', 'of the nonsense; default: that of CI', whole, SEED)
    .showHelpAfterError()
    .exitOverride();

const chosen = ({ only, line }: AttackFlags): Attack[] =>
  attacks.filter(
    (one) => (only.length === 0 || only.includes(one.name)) && (line.length === 0 || line.includes(one.line)),
  );

const out = (line: string): void => void process.stdout.write(`${line}\n`);
const toldTo = (json: boolean): RunOutput => ({
  entry: (outcome, sentence) => out(json ? JSON.stringify(outcome) : sentence),
  last: out,
  progress: (line) => void process.stderr.write(`${line}\n`),
});

/** @returns the exit code: 0 when all is as it should be, 1 when not, 2 on a wrong call. */
export const run = async (argv: string[]): Promise<number> => {
  try {
    const options = program().parse(argv).opts<AttackFlags>();
    const told = toldTo(options.json ?? false);
    if (options.fuzz !== undefined)
      return (await runFuzz(allFuzz, { runs: options.fuzz, seed: options.seed }, told)) ? 0 : 1;
    if (options.document) {
      writeFileSync(DOCUMENT, documented(readFileSync(DOCUMENT, 'utf8'), attacks));
      return 0;
    }
    const list = chosen(options);
    if (list.length === 0) {
      told.last('0 attacks, 0 succeeded');
      return 2;
    }
    return (await (options.mutate ? runMutations(list, told) : runAttacks(list, told))) ? 0 : 1;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
};
