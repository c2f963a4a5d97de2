import { nodeId, NODE_TYPES, type NodeType } from '../src/domain/node-id.js';
import { idsOf as idsOfSamples, THEN } from './samples/index.js';

/** How a root field is asked for what belongs to a tenant. `as` looks into an interface as one of its types. */
export interface FieldAttempt {
  args?: string;
  as?: NodeType;
  /** Shows nothing of a tenant by itself: an empty or general answer is right, also for those who may see. */
  general?: boolean;
}
type FieldSurface = Record<string, (tenant: string) => FieldAttempt[]>;

let idsOf: typeof idsOfSamples = idsOfSamples;
/** From now on the attempts of this process are at these things, instead of those of the samples. */
export const attemptsAt = (lookup: typeof idsOfSamples): void => {
  idsOf = lookup;
};

const at = new Date(THEN).toISOString();
const id = (type: NodeType, tenant: string): string => {
  const ids = idsOf(tenant);
  const keys: Record<NodeType, string> = {
    Action: ids.action,
    Backtest: ids.backtest,
    Case: ids.case,
    Exception: ids.exception,
    Finding: ids.finding,
    Hunt: ids.hunt,
    Posture: ids.posture,
    Recommendation: ids.recommendation,
    Report: ids.report,
    Tenant: tenant,
  };
  return nodeId(type, tenant, keys[type]);
};

const one =
  (args: (tenant: string) => string): ((tenant: string) => FieldAttempt[]) =>
  (tenant) => [{ args: args(tenant) }];
const listed: (tenant: string) => FieldAttempt[] = (tenant) => [
  {},
  { args: `tenants: ["${tenant}"]` },
  { args: `tenants: ["${id('Tenant', tenant)}"]` },
];
const ofCase = (rest = ''): ((tenant: string) => FieldAttempt[]) =>
  one((tenant) => `id: "${id('Case', tenant)}"${rest}`);
const ofAction = (rest = ''): ((tenant: string) => FieldAttempt[]) =>
  one((tenant) => `id: "${id('Action', tenant)}"${rest}`);
const ofPosture = (rest: string): ((tenant: string) => FieldAttempt[]) =>
  one((tenant) => `id: "${id('Posture', tenant)}"${rest}`);
const ofAdvice = (rest = ''): ((tenant: string) => FieldAttempt[]) =>
  one((tenant) => `id: "${id('Recommendation', tenant)}"${rest}`);
const settings = (rest: string): ((tenant: string) => FieldAttempt[]) =>
  one((tenant) => `tenantId: "${tenant}", ${rest}`);
const nodes =
  (types: readonly NodeType[]): ((tenant: string) => FieldAttempt[]) =>
  (tenant) =>
    types.map((as) => ({ as, args: `id: "${id(as, tenant)}"` }));
const general: () => FieldAttempt[] = () => [{ general: true }];

/** Every root field of the analyst schema. A new one without a line here fails the build. */
export const analystSurface: FieldSurface = {
  'Query.me': general,
  'Query.node': nodes(NODE_TYPES),
  'Query.tenants': () => [{}],
  'Query.tenant': (tenant) => [{ args: `id: "${tenant}"` }, { args: `id: "${id('Tenant', tenant)}"` }],
  'Query.cases': listed,
  'Query.case': ofCase(),
  'Query.caseByNumber': one((tenant) => `number: "${tenant.toUpperCase()}-1001"`),
  'Query.findings': (tenant) => [...listed(tenant), { args: `caseId: "${id('Case', tenant)}"` }],
  'Query.actions': (tenant) => [...listed(tenant), { args: `caseId: "${id('Case', tenant)}"` }],
  'Query.posture': listed,
  'Query.installationPosture': general,
  'Query.recommendations': (tenant) => [...listed(tenant), { args: `caseId: "${id('Case', tenant)}"` }],
  'Query.reports': listed,
  'Query.hunts': listed,
  'Query.exceptions': (tenant) => [...listed(tenant), { args: `tenants: ["${tenant}"], ruleId: "r1", active: true` }],
  'Query.ruleset': (tenant) => [
    { general: true },
    { args: `tenant: "${tenant}"` },
    { args: `tenant: "${id('Tenant', tenant)}"` },
  ],
  'Query.backtests': listed,
  'Query.backtest': one((tenant) => `id: "${id('Backtest', tenant)}"`),
  'Query.openCalls': listed,
  'Query.intake': one((tenant) => `tenant: "${tenant}"`),
  'Query.receipts': one((tenant) => `tenant: "${tenant}", hours: 24`),
  'Query.indicatorFeeds': general,
  'Query.pulls': one((tenant) => `tenant: "${tenant}"`),
  'Query.grants': (tenant) => [{ general: true }, { general: true, args: `subject: "greta-${tenant}"` }],
  'Query.request': one((tenant) => `id: "${idsOf(tenant).request}"`),
  'Mutation.onboardTenant': settings('input: { name: "x", prefix: "XX", language: EN, timeZone: "UTC" }'),
  'Mutation.setPolicy': settings('policy: { mode: NOTIFY }'),
  'Mutation.confirmPolicy': settings('proposalId: "x"'),
  'Mutation.rejectPolicy': settings('proposalId: "x"'),
  'Mutation.setContacts': settings('contacts: []'),
  'Mutation.setCalendar': settings('calendar: { days: [] }'),
  'Mutation.setSla': settings('targets: []'),
  'Mutation.registerAssets': settings('assets: []'),
  'Mutation.registerSource': settings('source: { name: "x", kind: OKTA }'),
  'Mutation.removeSource': settings('source: "edr"'),
  'Mutation.configurePull': settings(
    'pull: { source: "x", vendor: "okta", baseUrl: "https://x.example", secretRef: "x" }',
  ),
  'Mutation.removePull': settings('source: "x"'),
  'Mutation.setConnector': settings('connector: { vendor: "v", baseUrl: "https://x.example", secretRef: "x" }'),
  'Mutation.offboardTenant': settings('reason: "x"'),
  'Mutation.giveGrant': one((tenant) => `subject: "mallory", role: ANALYST, tenants: ["${tenant}"]`),
  'Mutation.revokeGrant': one((tenant) => `subject: "greta-${tenant}", role: ANALYST, tenants: ["${tenant}"]`),
  'Mutation.importRules': (tenant) =>
    ['', `tenantId: "${tenant}", `].map((whose) => ({
      args: `${whose}importId: "i", part: 1, parts: 1, files: [{ path: "a.yml", text: "x" }]`,
    })),
  'Mutation.setPlaceholder': settings('name: "tools", values: ["x"]'),
  'Mutation.addException': settings(
    'input: { ruleId: "r1", where: [{ field: "Image", values: ["x"] }], owner: "x", reason: "a reason of x", expiresAt: "2099-01-01T00:00:00Z" }',
  ),
  'Mutation.endException': one((tenant) => `id: "${id('Exception', tenant)}", reason: "x"`),
  'Mutation.openPosture': settings('input: { subject: "x", title: "x" }'),
  'Mutation.changePosture': ofPosture(', severity: LOW'),
  'Mutation.resolvePosture': ofPosture(', reason: "x"'),
  'Mutation.reopenPosture': ofPosture(', reason: "x"'),
  'Mutation.backtestRules': settings('input: { ruleId: "r1" }'),
  'Mutation.cancelBacktest': one((tenant) => `id: "${id('Backtest', tenant)}"`),
  'Mutation.importIndicators': one(() => 'feed: "f", bundle: "{}"'),
  'Mutation.openCase': settings('title: "x", description: "", severity: LOW'),
  'Mutation.acknowledgeCase': ofCase(),
  'Mutation.assignCase': ofCase(', analyst: "x"'),
  'Mutation.changeCaseStatus': ofCase(', status: IN_PROGRESS'),
  'Mutation.changeCaseSeverity': ofCase(', severity: LOW, reason: "x"'),
  'Mutation.notifyCustomer': ofCase(', contact: "x", channel: "mail"'),
  'Mutation.changeCasePhase': ofCase(', phase: RECOVERY'),
  'Mutation.setVerdict': ofCase(', verdict: TEST'),
  'Mutation.addNote': ofCase(', text: "x"'),
  'Mutation.postMessage': ofCase(', text: "x"'),
  'Mutation.withdrawQuestion': ofCase(', messageId: "x"'),
  'Mutation.recordCall': one(
    (tenant) => `caseId: "${id('Case', tenant)}", deliveryId: "${idsOf(tenant).delivery}", turn: 1, answered: true`,
  ),
  'Mutation.giveRecommendation': (tenant) => [
    { args: `caseId: "${id('Case', tenant)}", text: "x"` },
    { args: `postureId: "${id('Posture', tenant)}", text: "x"` },
  ],
  'Mutation.changeRecommendation': ofAdvice(', text: "x", owner: "", priority: LOW'),
  'Mutation.withdrawRecommendation': ofAdvice(', reason: "x"'),
  'Mutation.reopenRecommendation': ofAdvice(', reason: "x"'),
  'Mutation.closeCase': ofCase(', verdict: TEST, summary: "x"'),
  'Mutation.reopenCase': ofCase(', reason: "x"'),
  'Mutation.mergeCases': one((tenant) => `from: "${id('Case', tenant)}", into: "${id('Case', tenant)}", reason: "x"`),
  'Mutation.splitCase': ofCase(', findingIds: [], reason: "x"'),
  'Mutation.proposeAction': one(
    (tenant) =>
      `caseId: "${id('Case', tenant)}", actionClass: "isolate-host", targetKind: HOST, targetId: "ws6", reason: "x"`,
  ),
  'Mutation.withdrawAction': ofAction(', reason: "x"'),
  'Mutation.revertAction': ofAction(', reason: "x"'),
  'Mutation.askHunt': settings(`input: { hypothesis: "x", from: "${at}", to: "${at}", filters: [] }`),
  'Mutation.makeReport': settings(`kind: WEEKLY, from: "${at}", to: "${at}"`),
  'Subscription.caseChanged': listed,
  'Subscription.actionChanged': listed,
};

/** Every root field of the customer schema. */
export const customerSurface: FieldSurface = {
  'Query.me': general,
  'Query.node': nodes(['Action', 'Case', 'Exception', 'Posture', 'Recommendation', 'Report']),
  'Query.tenant': () => [{}],
  'Query.cases': () => [{}],
  'Query.case': ofCase(),
  'Query.caseByNumber': one((tenant) => `number: "${tenant.toUpperCase()}-1001"`),
  'Query.waitingOnYou': () => [{}],
  'Query.recommendations': (tenant) => [{}, { args: `caseId: "${id('Case', tenant)}"` }],
  'Query.actions': () => [{}],
  'Query.posture': () => [{}],
  'Query.reports': () => [{}],
  'Query.receipts': () => [{}, { args: 'hours: 168' }],
  'Query.exceptions': () => [{}, { args: 'active: true' }],
  'Query.request': one((tenant) => `id: "${idsOf(tenant).request}"`),
  // Opens a case of one's own tenant, whichever that is.
  'Mutation.openCase': () => [{ general: true, args: 'title: "x", description: ""' }],
  'Mutation.postMessage': one((tenant) => `caseId: "${id('Case', tenant)}", text: "x"`),
  'Mutation.approveAction': ofAction(),
  'Mutation.denyAction': ofAction(),
  'Mutation.markActionDone': ofAction(),
  'Mutation.completeRecommendation': ofAdvice(),
  'Mutation.acceptRecommendationRisk': ofAdvice(', reason: "x"'),
  'Mutation.reopenRecommendation': ofAdvice(', reason: "x"'),
  'Mutation.acknowledgeDelivery': one(
    (tenant) => `caseId: "${id('Case', tenant)}", deliveryId: "${idsOf(tenant).delivery}"`,
  ),
  // Of one's own tenant, whichever that is: what is proposed to another is none there.
  'Mutation.setPolicy': () => [{ general: true, args: 'policy: { mode: NOTIFY }' }],
  'Mutation.confirmPolicy': (tenant) => [{ general: true, args: `proposalId: "${idsOf(tenant).proposal}"` }],
  'Mutation.rejectPolicy': (tenant) => [{ general: true, args: `proposalId: "${idsOf(tenant).proposal}"` }],
  'Mutation.acceptPostureRisk': ofPosture(', reason: "x"'),
  'Mutation.reopenPosture': ofPosture(', reason: "x"'),
  'Mutation.rateCase': one((tenant) => `caseId: "${id('Case', tenant)}", stars: 1`),
  'Subscription.caseChanged': () => [{}],
  'Subscription.actionChanged': () => [{}],
};
