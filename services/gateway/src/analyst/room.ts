import type { Visit } from '../reading/visit.js';

/** What one tenant may have running and waiting; two of each run at once at most. */
export const WAITING_AT_MOST = 22;
/** One that has not ended by then ends no more, and takes no room. */
const DAY_MS = 86_400_000;

/** Why a tenant may not ask one more, if so. Those asked within the same moment are not seen yet. */
export const noRoom = async (
  { gate, now }: Pick<Visit, 'gate' | 'now'>,
  tenant: string,
  what: 'hunts' | 'backtests',
): Promise<{ code: string; message: string } | undefined> => {
  const open = await gate.read(what, [tenant]).count({ finished: false, askedAt: { gte: now() - DAY_MS } });
  if (open < WAITING_AT_MOST) return undefined;
  return { code: 'TOO_MANY_WAITING', message: `${open} ${what} of this tenant run or wait: wait until one has ended` };
};
