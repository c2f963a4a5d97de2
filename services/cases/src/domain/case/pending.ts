import type { Actor } from '#contracts';
import { mayBeWithdrawn } from '#libs/terms';
import type { CaseState } from './state.js';

/** What of a case had not begun as the customer spoke: whoever is asked about it is there. Nothing of others' words. */
export const pendingFor = (
  by: Actor | null | undefined,
  { actions }: CaseState,
  about = '',
): { pendingActionIds?: string[] } => {
  if (by?.side !== 'CUSTOMER') return {};
  const pending = Object.entries(actions).filter(([id, { state }]) => id !== about && mayBeWithdrawn(state));
  return pending.length > 0 ? { pendingActionIds: pending.map(([id]) => id) } : {};
};
