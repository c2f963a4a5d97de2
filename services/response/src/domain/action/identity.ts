import type { ActionFact, ActionRecordIdentity } from '#contracts';
import { Refused } from '#libs/model';
import { allowanceAsked } from './allowance.js';
import { askPolicy } from './ask-policy.js';
import { onlySide, type ActionContext, type ActionDecision } from './context.js';
import { endOrAsk, followDecision } from './follow-decision.js';
import { IDENTIFY_FOR_MS, IDENTITY_LASTS_MS } from './limits.js';
import { finished } from './result.js';
import { evolve, type ActionLife } from './state.js';

/** It ends here; nothing was sent that acts. Whoever was found before does not count. */
const failed = (
  life: ActionLife,
  outcome: 'FAILED' | 'UNSUPPORTED',
  why: string,
  { now }: ActionContext,
): ActionFact[] => [
  finished({ ...life, vendor: '', vendorId: '' }, { outcome, detail: `nothing was sent: ${why}` }, now),
];

/**
 * The policy decides again, over every name the vendor told beside those known before; what it lets happen starts with
 * this very commit.
 */
const found = (request: ActionRecordIdentity, life: ActionLife, context: ActionContext): ActionFact[] => {
  const { vendor, vendorId, name, names, detail } = request;
  if (!vendor || !vendorId) throw new Refused('who was found has an id at a vendor', 'NO_VENDOR_ID');
  const identified: ActionFact = {
    type: 'action.identified',
    actionId: life.actionId,
    caseId: life.caseId,
    vendor,
    vendorId,
    name,
    names,
    detail,
    at: context.now,
  };
  const next = evolve(life, identified);
  const said = askPolicy(next, context);
  return [identified, ...(allowanceAsked(next, said, context) ?? followDecision(next, said, context))];
};

/**
 * What the vendor said to the present asking. An answer to an earlier one, or after the action went on or ended, says
 * nothing.
 */
export const recordIdentity: ActionDecision<ActionRecordIdentity> = (request, life, context) => {
  onlySide('SYSTEM', context, 'only the system side may record identities');
  if (life.state !== 'RESOLVING' || life.allowance === 'ASKED' || request.asking !== life.askings) return [];
  const said = askPolicy(life, context);
  const again = (): ActionFact[] => endOrAsk(life, said, context);
  switch (request.outcome) {
    // A name may mean somebody else by now.
    case 'FOUND':
      return context.now > request.at + IDENTITY_LASTS_MS ? again() : found(request, life, context);
    case 'UNAVAILABLE':
      return context.now > life.resolvingSince + IDENTIFY_FOR_MS
        ? failed(life, 'FAILED', request.detail, context)
        : again();
    case 'UNSUPPORTED':
      return failed(life, 'UNSUPPORTED', request.detail, context);
    case 'NOT_FOUND':
    case 'AMBIGUOUS':
    case 'REFUSED':
      return failed(life, 'FAILED', request.detail, context);
  }
};
