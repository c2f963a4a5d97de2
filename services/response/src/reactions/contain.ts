import type { CaseFindingsAdded, CaseOpened, Entity, FindingSummary, ProposeAction, TenantState } from '#contracts';
import { idOf, type Asked, type Reaction } from '#libs/model';

/** From this severity on a finding is reason enough to contain. */
const CONTAIN = ['HIGH', 'CRITICAL', 'FATAL'];
/** Actions proposed for one fact at most: an outbreak is for people. */
const MAX_PROPOSALS = 10;

/** A host is isolated; without one, the account is suspended. */
const targetsOf = ({ entities }: FindingSummary): { actionClass: string; kind: 'HOST' | 'USER'; entity: Entity }[] => {
  const hosts = entities.filter(({ kind }) => kind === 'host');
  if (hosts.length) return hosts.map((entity) => ({ actionClass: 'isolate-host', kind: 'HOST', entity }));
  return entities.filter(({ kind }) => kind === 'user').map((entity) => ({ actionClass: 'suspend-user', kind: 'USER', entity }));
};

const proposals = (caseId: string, finding: FindingSummary): ProposeAction[] =>
  targetsOf(finding).map(({ actionClass, kind, entity }) => ({
    type: 'action.propose',
    actionId: idOf('action', caseId, actionClass, entity.kind, entity.value),
    caseId,
    actionClass,
    target: { kind, id: entity.value, entity: `${entity.kind}:${entity.value}` },
    severity: finding.severity,
    confidence: finding.confidence,
    assetGroups: finding.assetGroups,
    reason: finding.title,
    detectedAt: finding.detectedAt,
  }));

/** Playbook: severe findings of a case propose to contain the host or the account; the policy decides what becomes of it. */
export const proposeContainment: Reaction<CaseOpened | CaseFindingsAdded, ProposeAction, TenantState> = {
  name: 'propose-containment',
  hears: ['case.opened', 'case.findings-added'],
  react: ({ message: { caseId, findings } }): Asked<ProposeAction>[] => {
    const wanted = findings.filter(({ severity }) => CONTAIN.includes(severity)).flatMap((finding) => proposals(caseId, finding));
    const once = [...new Map(wanted.map((request) => [request.actionId, request])).values()];
    return once.slice(0, MAX_PROPOSALS).map((request) => ({ request, seed: request.actionId }));
  },
};
