import { pause } from '#stack';
import type { PlannedFault } from '../plan/kinds.js';
import type { DisturbedPlace } from '../place/place.js';
import type { Struck } from './struck.js';

const VENDOR = 'defender';
/** More than are ever called meanwhile. */
const CALLS = 100_000;
const SLOW_MS = 20_000;

const misbehave = async ({ up }: DisturbedPlace, mode: string, options: object = {}): Promise<void> => {
  const answer = await fetch(`${up.installation.urls[VENDOR]}/_standin/misbehave`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode, ...options }),
  });
  if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}`);
};

export const failVendor = async (place: DisturbedPlace, { what = '', seconds }: PlannedFault): Promise<Struck> => {
  const [mode = '', reset] = what.split(':');
  await misbehave(place, mode, { times: CALLS, slowMs: SLOW_MS, ...(reset ? { reset: true } : {}) });
  await pause(seconds * 1_000);
  await misbehave(place, 'honest');
  return {};
};
