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
    const said = struck.skipped ? `skipped: ${struck.skipped}` : struck.said;
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

/** How often a process ended at each point, of as often as was planned. */
const crashes = (faults: readonly RunFault[]): OracleCheck => {
  const points = new Map<string, { hit: number; of: number }>();
  for (const { kind, what, skipped } of faults) {
    if (kind !== 'crash') continue;
    const point = what?.replace(/:\d+$/, '') ?? '';
    const known = points.get(point) ?? { hit: 0, of: 0 };
    points.set(point, { hit: known.hit + (skipped ? 0 : 1), of: known.of + 1 });
  }
  const said = [...points].sort().map(([point, { hit, of }]) => `${point} ${hit} of ${of}`);
  return checked('crash points', faults.filter(({ kind }) => kind === 'crash').length, [], said.join(', ') || 'none');
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
    const checks = [...(await judge(place)), consuming(faults), crashes(faults)];
    const seconds = Math.round((Date.now() - begun) / 1_000);
    return { seed, events, faults, ended: [...place.fleet.ended], drained, checks, seconds };
  } finally {
    await place.leave();
  }
};
