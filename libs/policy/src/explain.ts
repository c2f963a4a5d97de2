import type { ActionTarget } from '#contracts';
import { Refused } from '#libs/model';
import { ACTION_CLASSES, actionClassOf } from './action-classes.js';
import { decideFor, type DecisionSettings } from './decide-for.js';
import { decisionTable, type DecisionRow } from './table.js';
import type { Authorization } from './types.js';

/** What somebody wants to know beforehand. */
export interface ExplainedQuestion {
  actionClass: string;
  /** Host or user, by any of its names. */
  target: string;
  severity: string;
  /** 0-100. */
  confidence: number;
  /** Epoch ms. */
  at: number;
}

export interface ExplainedDecision extends Authorization {
  /** Rows in the order in which they are tried; `decides` is the one that did. */
  rows: (DecisionRow & { decides: boolean })[];
}

const targetOf = (kind: 'HOST' | 'USER', name: string): ActionTarget => ({
  kind,
  id: name,
  entity: `${kind.toLowerCase()}:${name.toLowerCase()}`,
});

/**
 * What the policy, as it stands, says of an action that nobody asks for: before agreement, with contacts that answer
 * and no more hosts cut off than are let. By the names that are registered; a vendor may know more.
 * @throws Refused UNKNOWN_ACTION_CLASS, BAD_TARGET, BAD_CONFIDENCE.
 */
export const explainDecision = (settings: DecisionSettings, question: ExplainedQuestion): ExplainedDecision => {
  const { actionClass, target, severity, confidence, at } = question;
  const kind = actionClassOf(actionClass);
  if (!kind) {
    const known = Object.keys(ACTION_CLASSES).join(', ');
    throw new Refused(
      `there is no action class ${actionClass.slice(0, 100)}; there are ${known}`,
      'UNKNOWN_ACTION_CLASS',
    );
  }
  const name = target.trim();
  if (name === '' || name.length > 500) throw new Refused('a target is 1 to 500 characters', 'BAD_TARGET');
  if (!(confidence >= 0 && confidence <= 100)) throw new Refused('a confidence is 0 to 100', 'BAD_CONFIDENCE');
  const said = decideFor(settings, {
    actionClass,
    target: targetOf(kind.targetKind, name),
    names: [],
    severity,
    confidence,
    at,
    approved: false,
    over: undefined,
    unreachable: false,
  });
  return { ...said, rows: decisionTable(settings.policy).map((row) => ({ ...row, decides: row.rule === said.rule })) };
};
