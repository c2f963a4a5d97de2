import type {
  AddNoteCase,
  ApproveAction,
  AskBacktest,
  AskHunt,
  GiveGrant,
  ImportIndicator,
  ImportRuleset,
  MakeReport,
  OffboardTenant,
  ReleaseCaseClustering,
} from '#contracts';
import type { Typed } from '#libs/model';

const asked = <Request extends Typed>(request: Request): Request => request;

/** One well-formed request for each topic of requests, by subject: what would come of it if somebody had signed it. */
export const requests: Record<string, Typed> = {
  action: asked<ApproveAction>({ type: 'action.approve', actionId: 'a', comment: '' }),
  backtest: asked<AskBacktest>({
    type: 'backtest.ask',
    backtestId: 'b',
    ruleId: 'r',
    files: [],
    from: 0,
    to: 1,
    mostEvents: 1,
  }),
  case: asked<AddNoteCase>({ type: 'case.add-note', caseId: 'c', text: 'x' }),
  clustering: asked<ReleaseCaseClustering>({ type: 'clustering.release-case', caseId: 'c' }),
  grant: asked<GiveGrant>({ type: 'grant.give', subject: 'stranger@provider', role: 'OPERATOR_ADMIN', tenants: ['*'] }),
  hunt: asked<AskHunt>({
    type: 'hunt.ask',
    huntId: 'h',
    hypothesis: 'x',
    technique: '',
    query: { from: 0, to: 1, source: '', filters: [], limit: 1 },
  }),
  indicator: asked<ImportIndicator>({ type: 'indicator.import', feed: 'f', bundle: Buffer.from('{}') }),
  report: asked<MakeReport>({ type: 'report.make', reportId: 'r', kind: 'WEEKLY', from: 0, to: 1, language: 'EN' }),
  ruleset: asked<ImportRuleset>({ type: 'ruleset.import', importId: 'i', part: 1, parts: 1, files: [] }),
  tenant: asked<OffboardTenant>({ type: 'tenant.offboard', reason: 'x' }),
};
