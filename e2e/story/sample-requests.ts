import type {
  AllowanceTake,
  PostureReopen,
  RecommendationReopen,
  CaseAddNote,
  ActionApprove,
  BacktestAsk,
  HuntAsk,
  GrantGive,
  IndicatorImport,
  RulesetImport,
  ReportMake,
  TenantOffboard,
  ClusteringReleaseCase,
  DeliveryStop,
  VisibilityRecordReturn,
} from '#contracts';
import type { Typed } from '#libs/model';

const asked = <Request extends Typed>(request: Request): Request => request;

/** One well-formed request for each topic of requests, by subject: what would come of it if somebody had signed it. */
export const requests: Record<string, Typed> = {
  action: asked<ActionApprove>({ type: 'action.approve', actionId: 'a', comment: '' }),
  allowance: asked<AllowanceTake>({ type: 'allowance.take', actionId: 'a', asking: 1, host: 'defender/1' }),
  backtest: asked<BacktestAsk>({
    type: 'backtest.ask',
    backtestId: 'b',
    ruleId: 'r',
    files: [],
    from: 0,
    to: 1,
    mostEvents: 1,
  }),
  case: asked<CaseAddNote>({ type: 'case.add-note', caseId: 'c', text: 'x' }),
  clustering: asked<ClusteringReleaseCase>({ type: 'clustering.release-case', caseId: 'c' }),
  delivery: asked<DeliveryStop>({ type: 'delivery.stop', deliveryId: 'd', reason: 'x' }),
  grant: asked<GrantGive>({ type: 'grant.give', subject: 'stranger@provider', role: 'OPERATOR_ADMIN', tenants: ['*'] }),
  hunt: asked<HuntAsk>({
    type: 'hunt.ask',
    huntId: 'h',
    hypothesis: 'x',
    technique: '',
    query: { from: 0, to: 1, source: '', filters: [], limit: 1 },
  }),
  indicator: asked<IndicatorImport>({ type: 'indicator.import', feed: 'f', bundle: Buffer.from('{}') }),
  posture: asked<PostureReopen>({ type: 'posture.reopen', postureId: 'p', reason: 'x' }),
  recommendation: asked<RecommendationReopen>({ type: 'recommendation.reopen', recommendationId: 'r', reason: 'x' }),
  report: asked<ReportMake>({
    type: 'report.make',
    reportId: 'r',
    kind: 'WEEKLY',
    from: 0,
    to: 1,
    language: 'EN',
    send: false,
  }),
  ruleset: asked<RulesetImport>({ type: 'ruleset.import', importId: 'i', part: 1, parts: 1, files: [] }),
  tenant: asked<TenantOffboard>({ type: 'tenant.offboard', reason: 'x' }),
  visibility: asked<VisibilityRecordReturn>({
    type: 'visibility.record-return',
    gapId: 'g',
    ending: 'DATA_RETURNED',
    figures: [],
  }),
};
