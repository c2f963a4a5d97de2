import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOf } from './load/telemetry.js';
import { openSender, type Sender } from './load/sender.js';
import { drain, type Drained } from './drain.js';
import { judge } from './oracle/oracle.js';
import { checked, type OracleCheck } from './oracle/check.js';
import type { OwnEnd } from './place/fleet.js';
import { openPlace, type PlaceOptions } from './place/open.js';
import type { DisturbedPlace } from './place/place.js';
import type { PlannedFault } from './plan/kinds.js';
import { placeOf } from './plan/plan.js';
import { strike } from './strikes/strike.js';
import type { Struck } from './strikes/struck.js';

export interface FaultsRunOptions extends PlaceOptions {
  seed: number;
  events: number;
  perSecond: number;
  bad: number;
  needleEvery: number;
  plan: readonly PlannedFault[];
  drainMs: number;
}

export type RunFault = PlannedFault & Struck & { tookSeconds: number };

/** What became of a run: well, when no check failed. */
export interface FaultsRun {
  seed: number;
  events: number;
  faults: RunFault[];
  ended: OwnEnd[];
  drained: Drained;
  checks: OracleCheck[];
  seconds: number;
}

/** Everybody is consuming again so soon after the broker is back. */
const CONSUMING_SECONDS = 15;

const told = (fault: PlannedFault, count: number): string =>
  `fault ${fault.number} of ${count}: ${fault.kind} ${fault.what ?? ''} at ${placeOf(fault)}, ${fault.seconds} s`;

/** A part of the load with each fault, and one before and after. */
const disturb = async (
  place: DisturbedPlace,
  sender: Sender,
  { plan, events }: FaultsRunOptions,
): Promise<RunFault[]> => {
  const part = Math.ceil(events / (plan.length + 2));
  const found: RunFault[] = [];
  await sender.send(part);
  for (const fault of plan) {
    place.say(told(fault, plan.length));
    const begun = Date.now();
    const striking = strike(place, fault);
    const [struck] = await Promise.all([striking, sender.send(part, striking)]);
    const said = struck.skipped ? `skipped: ${struck.skipped}` : (struck.wrong ?? struck.said);
    if (said) place.say(`  ${said}`);
    found.push({ ...fault, ...struck, tookSeconds: Math.round((Date.now() - begun) / 1_000) });
  }
  await sender.send(Infinity);
  return found;
};

const consuming = (faults: readonly RunFault[]): OracleCheck => {
  const measured = faults.flatMap(({ number, kind, consumingAfter }) =>
    consumingAfter ? [{ number, kind, ...consumingAfter }] : [],
  );
  return checked(
    'consuming again',
    measured.length,
    measured
      .filter(({ seconds, standing }) => seconds > CONSUMING_SECONDS || standing.length > 0)
      .map(
        ({ number, kind, seconds, standing }) =>
          `late: fault ${number} (${kind}): ${seconds} s after the broker was back, ${standing.length} groups standing ${standing.join(', ')}`,
      ),
    measured.length > 0 ? `${Math.max(...measured.map(({ seconds }) => seconds))} s at most` : undefined,
  );
};

/** How many struck of those that were planned, by what `nameOf` calls them. */
const struckBy = (faults: readonly RunFault[], nameOf: (fault: RunFault) => string): string => {
  const found = new Map<string, { hit: number; of: number }>();
  for (const fault of faults) {
    const { hit, of } = found.get(nameOf(fault)) ?? { hit: 0, of: 0 };
    found.set(nameOf(fault), { hit: hit + (fault.skipped ? 0 : 1), of: of + 1 });
  }
  const said = [...found].sort().map(([name, { hit, of }]) => `${name} ${hit}/${of}`);
  return said.join(', ') || 'none';
};

/** A crash that nobody came to proves nothing, and fails; what cannot be had on this machine is told. */
const strikes = (faults: readonly RunFault[]): OracleCheck[] => {
  const crashes = faults.filter(({ kind }) => kind === 'crash');
  const wrong = faults.flatMap(({ number, kind, wrong: why }) => (why ? [`fault ${number} (${kind}): ${why}`] : []));
  const missed = crashes.flatMap(({ number, skipped }) => (skipped ? [`missed: fault ${number}: ${skipped}`] : []));
  return [
    checked(
      'faults struck',
      faults.length,
      wrong,
      struckBy(faults, ({ kind }) => kind),
    ),
    checked(
      'crash points',
      crashes.length,
      missed,
      struckBy(crashes, ({ what = '' }) => what.split(':').slice(1, 3).join(' ')),
    ),
  ];
};

/** Runs a plan over a load, waits until nothing is left to do, and holds everything against what was sent. */
export const runFaults = async (options: FaultsRunOptions): Promise<FaultsRun> => {
  const begun = Date.now();
  const { seed, events, tenants, needleEvery, bad, perSecond, plan, say } = options;
  const place = await openPlace(options);
  writeFileSync(join(options.dir, 'plan.json'), `${JSON.stringify(plan, null, 2)}\n`);
  try {
    const load = loadOf({ seed, events, tenants, needleEvery, bad, now: begun });
    const sender = openSender(place.broker, load, perSecond);
    say(`${events} events, ${perSecond} a second at most, and ${plan.length} faults`);
    const faults = await disturb(place, sender, options);
    await sender.close();
    say('waiting until nothing is left to do');
    const drained = await drain(place, options.drainMs);
    say('the oracle');
    const checks = [...(await judge(place)), consuming(faults), ...strikes(faults)];
    const seconds = Math.round((Date.now() - begun) / 1_000);
    return {
      seed,
      events,
      faults,
      ended: place.fleet.ended.filter(({ isMeant }) => !isMeant),
      drained,
      checks,
      seconds,
    };
  } finally {
    await place.leave();
  }
};
