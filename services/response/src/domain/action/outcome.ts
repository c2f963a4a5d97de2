import type { ActionFact, TenantState } from '#contracts';
import { askedOf, stepsOf } from '../texts.js';
import type { Authorization } from '../policy-types.js';
import { settingsOf, type Tenancy } from './asked.js';
import type { ActionLife } from './state.js';

const MINUTE_MS = 60_000;

/** Subjects of those to ask, in order. */
const approversOf = ({ contacts }: TenantState): string[] => contacts.filter(({ kind, subject }) => kind === 'INCIDENT' && subject).map(({ subject }) => subject);

/** The facts that follow from what the policy said of an action that is not under way yet. */
export const followDecision = (life: ActionLife, said: Authorization, known: Tenancy): ActionFact[] => {
  const settings = settingsOf(known);
  const { actionId, caseId } = life;
  const at = known.now;
  const decided: ActionFact = { type: 'action.decided', actionId, caseId, ...said, policyVersion: settings.policy.version, at };
  switch (said.decision) {
    case 'EXECUTE': return [decided];
    case 'FORBID': return [decided, { type: 'action.skipped', actionId, caseId, because: said.because, at }];
    case 'GUIDE': return [decided, { type: 'action.guided', actionId, caseId, steps: stepsOf(settings.language, life.actionClass, life.target.id), at }];
    case 'ASK': return [decided, {
      type: 'action.approval-requested', actionId, caseId,
      contacts: approversOf(settings),
      question: askedOf(settings.language, life.actionClass, life.target.id),
      expiresAt: at + settings.policy.approvalMinutes * MINUTE_MS,
      at,
    }];
  }
};
