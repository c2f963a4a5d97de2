import type { ActionFact, TenantState } from '#contracts';
import { foldName, MINUTE_MS } from '#libs/terms';
import { askedOf, stepsOf } from './texts.js';
import type { Authorization } from '#libs/policy';
import { settingsOf, type ActionContext } from './context.js';
import type { ActionLife } from './state.js';

/** Subjects of those to ask, in order. */
const approversOf = ({ contacts }: TenantState): string[] =>
  contacts.filter(({ kind, subject }) => kind === 'INCIDENT' && subject).map(({ subject }) => subject);

const decided = ({ actionId, caseId }: ActionLife, said: Authorization, context: ActionContext): ActionFact => ({
  type: 'action.decided',
  actionId,
  caseId,
  ...said,
  policyVersion: settingsOf(context).policy.version,
  at: context.now,
});

/**
 * The target as it was called, and as the vendor calls whom it found under that name: the question must be about the
 * right one.
 */
const calledOf = ({ target, name }: ActionLife): string =>
  name === '' || foldName(name) === foldName(target.id) ? target.id : `${name} (${target.id})`;

/** The question that ends with what is decided; null where nobody was asked. */
export const askingOf = ({ questions, question }: ActionLife): number | null => (questions > 0 ? question : null);

/** Where the policy lets nobody act. @returns undefined where it may. */
export const endOf = (life: ActionLife, said: Authorization, context: ActionContext): ActionFact[] | undefined => {
  const { actionId, caseId } = life;
  const at = context.now;
  const asking = askingOf(life);
  if (said.decision === 'FORBID')
    return [
      decided(life, said, context),
      { type: 'action.skipped', actionId, caseId, because: said.because, by: null, at, asking },
    ];
  if (said.decision !== 'GUIDE') return undefined;
  return [
    decided(life, said, context),
    {
      type: 'action.guided',
      actionId,
      caseId,
      steps: stepsOf(settingsOf(context).language, life.actionClass, life.target.id),
      at,
      asking,
    },
  ];
};

/** The vendor is to be asked who the target is: nothing is started, and nobody asked to agree, before that is known. */
export const askWho = (
  { actionId, caseId, actionClass, target, askings }: ActionLife,
  { rule, because }: Authorization,
  context: ActionContext,
): ActionFact => ({
  type: 'action.identity-requested',
  actionId,
  caseId,
  actionClass,
  target,
  asking: askings + 1,
  rule,
  because,
  policyVersion: settingsOf(context).policy.version,
  at: context.now,
});

/** What comes of an action whose target nobody looked up lately: its end, or the vendor is asked who it is. */
export const endOrAsk = (life: ActionLife, said: Authorization, context: ActionContext): ActionFact[] =>
  endOf(life, said, context) ?? [askWho(life, said, context)];

/**
 * What the policy says of an action whose target was identified a moment ago: the end, a question, or the start, on the
 * id that the vendor told.
 */
export const followDecision = (life: ActionLife, said: Authorization, context: ActionContext): ActionFact[] => {
  const end = endOf(life, said, context);
  if (end) return end;
  const settings = settingsOf(context);
  const { actionId, caseId, actionClass, target, vendor, vendorId } = life;
  const at = context.now;
  if (said.decision === 'ASK') {
    return [
      decided(life, said, context),
      {
        type: 'action.approval-requested',
        actionId,
        caseId,
        contacts: approversOf(settings),
        question: askedOf(settings.language, actionClass, calledOf(life)),
        expiresAt: at + settings.policy.approvalMinutes * MINUTE_MS,
        at,
        asking: life.askings,
      },
    ];
  }
  return [
    decided(life, said, context),
    {
      type: 'action.started',
      actionId,
      caseId,
      actionClass,
      target,
      idempotencyKey: actionId,
      policyVersion: settings.policy.version,
      rule: said.rule,
      inverting: false,
      vendor,
      vendorId,
      at,
    },
  ];
};
