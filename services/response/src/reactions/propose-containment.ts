import type {
  ActionWantedAgain,
  CaseFindingsAdded,
  CaseOpened,
  Entity,
  FindingSummary,
  ActionPropose,
  TenantState,
  Severity,
} from '#contracts';
import type { Asked, Reaction } from '#libs/model';
import { findAssets, findIdentities, hasEndedUnheld, isAtLeast } from '#libs/terms';
import { containmentOf } from './containment-id.js';

/** From this severity on a finding is reason enough to contain. */
const CONTAIN_FROM: Severity = 'HIGH';
/** Actions proposed for one fact at most: an outbreak is for people. */
const MAX_PROPOSALS = 10;

/** A person or host goes by several names in telemetry; the first one registered is that of the vendor's directory. */
const registered = ({ kind, value }: Entity, settings: TenantState | undefined): Entity => {
  const names =
    kind === 'host'
      ? findAssets(settings?.assets ?? [], [value]).sure?.hostnames
      : findIdentities(settings?.identities ?? [], [value]).sure?.names;
  return { kind, value: names?.[0] ?? value };
};

/** A host is isolated; without one, the account is suspended. */
const targetsOf = ({ entities }: FindingSummary): { actionClass: string; kind: 'HOST' | 'USER'; entity: Entity }[] => {
  const hosts = entities.filter(({ kind }) => kind === 'host');
  if (hosts.length) return hosts.map((entity) => ({ actionClass: 'isolate-host', kind: 'HOST', entity }));
  return entities
    .filter(({ kind }) => kind === 'user')
    .map((entity) => ({ actionClass: 'suspend-user', kind: 'USER', entity }));
};

const proposals = (
  { caseId, at: joinedAt }: CaseOpened | CaseFindingsAdded,
  finding: FindingSummary,
  settings: TenantState | undefined,
): ActionPropose[] =>
  targetsOf(finding)
    .map((target) => ({ ...target, entity: registered(target.entity, settings) }))
    .map(({ actionClass, kind, entity }) => ({
      type: 'action.propose',
      actionId: containmentOf(caseId, actionClass, `${entity.kind}:${entity.value}`),
      caseId,
      actionClass,
      target: { kind, id: entity.value, entity: `${entity.kind}:${entity.value}` },
      severity: finding.severity,
      confidence: finding.confidence,
      // Those of a finding are of everything in it: the decider looks up the target's own.
      assetGroups: [],
      reason: finding.title,
      detectedAt: finding.detectedAt,
      joinedAt,
    }));

/** Of what several findings want, as the newest does: it is not bound by how an earlier containment ended. */
const newest = (wanted: readonly ActionPropose[]): ActionPropose[] => {
  const byId = new Map<string, ActionPropose>();
  for (const one of wanted) {
    const before = byId.get(one.actionId);
    if (!before || one.detectedAt >= before.detectedAt) byId.set(one.actionId, one);
  }
  return [...byId.values()];
};

/**
 * Playbook: severe findings of a case propose to contain the host or the account; the policy decides what becomes of
 * it. Those that only moved did so where they came from: what was denied there, given back or over is not wanted anew.
 */
export const proposeContainment: Reaction<CaseOpened | CaseFindingsAdded, ActionPropose, TenantState> = {
  name: 'propose-containment',
  hears: ['case.opened', 'case.findings-added'],
  react: ({ message }, settings): Asked<ActionPropose>[] => {
    if (message.fromCaseId) return [];
    const wanted = message.findings
      .filter(({ severity }) => isAtLeast(severity, CONTAIN_FROM))
      .flatMap((finding) => proposals(message, finding, settings));
    return newest(wanted)
      .slice(0, MAX_PROPOSALS)
      .map((request) => ({ request, seed: request.actionId }));
  },
};

/** What came after the end of the one before it: another action, for the policy to decide on, once that one is over. */
export const proposeAgain: Reaction<ActionWantedAgain, ActionPropose> = {
  name: 'propose-again',
  hears: ['action.wanted-again'],
  react: ({ message: { nextActionId, again, wanted, refused, state, notBefore } }) =>
    hasEndedUnheld(state)
      ? [
          {
            request: { type: 'action.propose', actionId: nextActionId, ...wanted, assetGroups: [], again, refused },
            ...(notBefore ? { dueAt: notBefore } : {}),
          },
        ]
      : [],
};
