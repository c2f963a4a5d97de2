import type { Attack } from '../attacks/attack.js';
import type { AttackWorlds } from './worlds.js';

/** What came of an attack. Without `reason` all is well. */
export interface AttackOutcome {
  name: string;
  line: number;
  control: boolean;
  attack: 'refused' | 'succeeded' | 'failed';
  /** What was thrown or took too long, of the control or of the attack; and what a failed control means. */
  reason?: string;
}

/** Of a control or an attack, without the start of a world. */
export const WITHIN_MS = 60_000;
const LOOK_MS = 250;

const sentence = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

/** @throws Error when the work does not end in time; what it goes on with is nobody's any more. */
const within = async <T>(given: AttackWorlds, what: string, work: () => Promise<T> | T): Promise<T> => {
  const began = Date.now();
  const before = given.startedMs();
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      if (!given.starting() && Date.now() - began - (given.startedMs() - before) > WITHIN_MS)
        reject(new Error(`${what} did not end within ${WITHIN_MS / 1_000} s`));
    }, LOOK_MS);
  });
  try {
    return await Promise.race([(async () => work())(), over]);
  } finally {
    clearInterval(timer);
  }
};

/** The control first, then the attack. What throws has failed: it is never counted as refused. */
export const attempt = async (one: Attack, given: AttackWorlds): Promise<AttackOutcome> => {
  const outcome: AttackOutcome = { name: one.name, line: one.line, control: false, attack: 'failed' };
  try {
    outcome.control = await within(given, 'the control', () => one.control(given));
    if (!outcome.control) outcome.reason = 'the rightful use does not succeed';
  } catch (error) {
    outcome.reason = `control: ${sentence(error)}`;
  }
  try {
    outcome.attack = await within(given, 'the attack', () => one.attack(given));
  } catch (error) {
    outcome.reason = [outcome.reason, `attack: ${sentence(error)}`].filter(Boolean).join('; ');
  }
  return outcome;
};

export const isWell = ({ control, attack }: AttackOutcome): boolean => control && attack === 'refused';

/** `N attacks, 0 succeeded`, and what else is not as it should be. */
export const summary = (outcomes: readonly AttackOutcome[]): string => {
  const count = (wanted: (one: AttackOutcome) => boolean): number => outcomes.filter(wanted).length;
  const controls = count(({ control }) => !control);
  const failed = count(({ attack }) => attack === 'failed');
  return [
    `${outcomes.length} attacks, ${count(({ attack }) => attack === 'succeeded')} succeeded`,
    ...(controls ? [`${controls} controls failed`] : []),
    ...(failed ? [`${failed} attacks failed`] : []),
  ].join(', ');
};

export const isOutcome = (value: unknown): value is AttackOutcome =>
  typeof value === 'object' && value !== null && 'name' in value && 'control' in value && 'attack' in value;
