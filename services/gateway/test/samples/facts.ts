import type { ClusteringFindingPlaced, ReportMade, RequestAnswered, TelemetryReceived } from '#contracts';
import { actionFacts } from './actions.js';
import { backtestFacts } from './backtests.js';
import { adviceFacts, caseFacts } from './cases.js';
import { deliveryFacts, reminderFacts } from './deliveries.js';
import { raisedOf, summaryOf } from './findings.js';
import { huntFacts } from './hunts.js';
import { THEN, idsOf, markOf } from './ids.js';
import { postureFacts } from './posture.js';
import { pullFacts } from './pulls.js';
import { rulesTold, rulesetFacts } from './rules.js';
import { stream, type SampleFact } from './stream.js';
import { policyFacts, stateOf } from './tenants.js';

export const receivedOf = (tenant: string): TelemetryReceived => ({
  type: 'telemetry.received',
  source: markOf(tenant),
  topic: `ingest.${tenant}.edr`,
  partition: 0,
  fromOffset: 0,
  toOffset: 9,
  messages: 10,
  accepted: 20,
  dead: 1,
  unrecognised: 3,
  flags: [{ flag: 'nothing-known', count: 3 }],
  losses: [{ code: 'NOT_JSON', sentence: markOf(tenant), count: 1, examples: [{ offset: 4, index: 2 }] }],
  bytes: 1_000,
  lastOccurredAt: THEN,
});

/** All facts of a tenant that anything is shown of. */
export const factsOf = (tenant: string): SampleFact[] => {
  const ids = idsOf(tenant);
  const placed: ClusteringFindingPlaced = {
    type: 'clustering.finding-placed',
    finding: summaryOf(tenant),
    caseId: ids.case,
    number: 1001,
    opened: true,
    because: '',
    at: THEN + 3,
    groupKey: '',
  };
  const report: ReportMade = {
    type: 'report.made',
    reportId: ids.report,
    kind: 'WEEKLY',
    from: THEN,
    to: THEN + 1,
    language: 'EN',
    verdict: markOf(tenant),
    colour: 'GREEN',
    figures: Buffer.from(`{"a":"${markOf(tenant)}"}`),
    figuresHash: markOf(tenant),
    pdf: Buffer.from(`%PDF ${markOf(tenant)}`),
    at: THEN,
    send: false,
  };
  const answer: RequestAnswered = {
    type: 'request.answered',
    requestId: ids.request,
    requestType: 'case.post-message',
    outcome: 'REFUSED',
    code: 'X',
    message: markOf(tenant),
    streamId: '',
    version: 0,
  };
  return [
    ...stream(`tenant/${tenant}`, [stateOf(tenant), ...policyFacts(tenant)]),
    { fact: raisedOf(tenant), envelope: {} },
    ...stream(`clustering/${tenant}`, [placed]),
    ...stream(`case/${tenant}/${ids.case}`, caseFacts(tenant)),
    ...stream(`recommendation/${tenant}/${ids.recommendation}`, adviceFacts(tenant)),
    ...stream(`action/${tenant}/${ids.action}`, actionFacts(tenant)),
    ...stream(`delivery/${tenant}/${ids.delivery}`, deliveryFacts(tenant)),
    ...stream(`delivery/${tenant}/${ids.reminder}`, reminderFacts(tenant)),
    ...stream(`hunt/${tenant}/${ids.hunt}`, huntFacts(tenant)),
    ...stream(`posture/${tenant}/${ids.posture}`, postureFacts(tenant)),
    ...stream(`pull/${tenant}/log`, pullFacts(tenant)),
    ...stream(`backtest/${tenant}/${ids.backtest}`, backtestFacts(tenant)),
    ...stream(`ruleset/${tenant}/own`, rulesetFacts(tenant)),
    ...rulesTold(tenant).map((fact) => ({ fact, envelope: {} })),
    ...stream(`report/${tenant}/${ids.report}`, [report]),
    { fact: receivedOf(tenant), envelope: {} },
    { fact: answer, envelope: { subject: ids.request, correlationId: ids.request } },
  ];
};
