import { DAY_MS } from '#libs/terms';
import type { Visit } from '../graphql/visit.js';
import type { backtests } from '../views/backtests.js';
import type { hunts } from '../views/hunts.js';

/** What one tenant may have running and waiting; two of each run at once at most. */
const BACKLOG_AT_MOST = 22;
/** One that has not ended by then ends no more, and takes no room. */

/** Why a tenant may not ask one more, if so. Those asked within the same moment are not seen yet. */
export const fullBacklog = async (
  { gate, now }: Pick<Visit, 'gate' | 'now'>,
  tenant: string,
  view: typeof hunts | typeof backtests,
): Promise<{ code: string; message: string } | undefined> => {
  const open = await gate.read<unknown>(view, [tenant]).count({ finished: false, askedAt: { gte: now() - DAY_MS } });
  if (open < BACKLOG_AT_MOST) return undefined;
  const message = `${open} ${view.name} of this tenant run or wait: wait until one has ended`;
  return { code: 'TOO_MANY_WAITING', message };
};
