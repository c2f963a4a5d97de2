import type { Attack } from '../attacks/attack.js';
import { attempt, isWell, summary, type AttackOutcome } from './attempt.js';
import { watchOver } from './watchdog.js';
import { worlds, type AttackWorlds } from './worlds.js';

/** Where a run tells what it finds: entries and the last line to whoever reads results, progress to people. */
export interface RunOutput {
  entry(outcome: object, sentence: string): void;
  last(line: string): void;
  progress(line: string): void;
}

const words = ({ name, line, control, attack, reason }: AttackOutcome): string =>
  `${attack === 'refused' && control ? 'ok    ' : 'FAILED'} ${name} (wall ${line}): ${attack}${control ? '' : ', and its control failed'}${reason ? `: ${reason}` : ''}`;

/** Faults outside of any call: a service of a world that dies, for one. They count for the attack under way. */
const listenForFaults = (): { first(): string | undefined; stop(): void } => {
  let fault: string | undefined;
  const hear = (error: unknown): void => {
    fault ??= error instanceof Error ? error.message : String(error);
  };
  process.on('uncaughtException', hear).on('unhandledRejection', hear);
  return {
    first: () => {
      const told = fault;
      fault = undefined;
      return told;
    },
    stop: () => void process.off('uncaughtException', hear).off('unhandledRejection', hear),
  };
};

/** Interrupted, a run ends what it started and leaves. */
const leavesWith = (given: AttackWorlds): (() => void) => {
  const leave = (): void => void given.stop().finally(() => process.exit(1));
  process.once('SIGINT', leave).once('SIGTERM', leave);
  return () => void process.off('SIGINT', leave).off('SIGTERM', leave);
};

/** Runs attacks one after the other. @returns whether every control succeeded and every attack was refused. */
export const runAttacks = async (attacks: readonly Attack[], told: RunOutput): Promise<boolean> => {
  const given = worlds(told.progress);
  const stopWatching = watchOver();
  const faults = listenForFaults();
  const stay = leavesWith(given);
  const outcomes: AttackOutcome[] = [];
  try {
    for (const one of attacks) {
      told.progress(`${one.name} …`);
      const outcome = await attempt(one, given);
      const fault = faults.first();
      if (fault !== undefined)
        Object.assign(outcome, { attack: 'failed', reason: `a fault outside of the attack's calls: ${fault}` });
      outcomes.push(outcome);
      told.entry(outcome, words(outcome));
    }
  } finally {
    await given.stop();
    await stopWatching();
    faults.stop();
    stay();
  }
  told.last(summary(outcomes));
  return outcomes.every(isWell);
};
