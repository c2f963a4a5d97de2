import type { ActionRequest, TenantState } from '#contracts';
import type { Actor } from '#libs/model';
import { at, seen, tenant, undone, unseen } from '../samples/action.js';
import type { ActionScript, ScriptStep } from './script.js';
import { ASSETS, VENDOR } from './vendor.js';

export const settingsOf = ({
  mode: now,
  excluded,
  overrides,
  unreachable,
}: Extract<ScriptStep, { kind: 'settings' }>): TenantState => ({
  ...tenant(now, {
    exclusions: excluded.map((name) => ({ entity: `${/^[\d.]+$/.test(name) ? 'ip' : 'host'}:${name}`, reason: 'r' })),
    overrides: overrides.map((one, index) => ({
      id: `o${index}`,
      mode: one,
      actionClasses: [],
      assetGroups: ['desks'],
      severities: [],
      minConfidence: 0,
      hours: 'ANY' as const,
    })),
    ...(unreachable
      ? { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host', 'release-host'] }
      : {}),
  }),
  assets: ASSETS,
});

/** The request of a step, at a time, to a life with so many askings. */
export const requestOf = (
  { type, machine, outcome, late, foreign, good }: Extract<ScriptStep, { kind: 'ask' }>,
  run: ActionScript,
  askings: number,
  now: number,
): ActionRequest => {
  const actionId = 'a1';
  const [vendorId, name, ...others] = VENDOR[machine] ?? VENDOR[0];
  const fields: Partial<Record<ActionRequest['type'], object>> = {
    'action.propose': {
      caseId: 'c1',
      actionClass: run.actionClass,
      target: { kind: 'HOST', id: run.name, entity: `host:${run.entity}` },
      severity: 'HIGH',
      confidence: 90,
      assetGroups: ['desks'],
      reason: 'r',
      detectedAt: at,
    },
    'action.record-identity': {
      asking: late ? askings - 1 : askings,
      outcome,
      vendor: 'defender',
      vendorId,
      name,
      names: [vendorId, name, ...others],
      detail: '',
      at: now,
    },
    'action.record-contact': {
      contact: 'zoe',
      channel: 'mail',
      outcome: good ? 'ACCEPTED' : 'UNANSWERED',
      reached: late,
      triedAt: now,
    },
    'action.record-result': {
      outcome: good ? 'SUCCEEDED' : 'OUTCOME_UNKNOWN',
      detail: '',
      vendorRef: good && !foreign ? 'v' : '',
      alreadyInForce: foreign,
    },
    'action.record-verification': late ? unseen('VENDOR_LAG') : seen(good),
    'action.record-reverted': { ...undone(good), conclusive: !late },
    'action.revert': { reason: 'r' },
    'action.supersede': { byActionId: 'a2', byCaseId: 'c2', inverting: false, evidence: 'seen', observedAt: now },
    'action.withdraw': { reason: 'r' },
  };
  return { type, actionId, comment: '', ...fields[type] } as ActionRequest;
};

export const sideOf = ({ type, side, good }: Extract<ScriptStep, { kind: 'ask' }>): Actor['side'] => {
  if (side !== 'RIGHT') return side;
  if (type === 'action.revert') return good ? 'PROVIDER' : 'SYSTEM';
  return ['action.approve', 'action.deny', 'action.mark-done'].includes(type) ? 'CUSTOMER' : 'SYSTEM';
};
