import type { Store, TenantDocument, ViewQuery } from '#libs/store';
import { OPERATOR } from '#libs/terms';
import {
  RULES_TOLD,
  type ActionJournal,
  type CaseJournal,
  type ExceptionJournal,
  type FindingJournal,
  type HostJournal,
  type HuntJournal,
  type PostureJournal,
  type Journals,
  type ReceiptJournal,
  type RecommendationJournal,
  type RuleJournal,
  type RulesToldJournal,
  type SettingsJournal,
} from '../domain/journals/index.js';
import type { Period } from '../domain/report/period.js';

/** What reporting reads: the views of its own store. */
export type JournalViews = Pick<Store, 'view'>;

const PAGE = 500;

const all = async <Doc>(views: JournalViews, name: string, tenant: string, query: ViewQuery = {}): Promise<Doc[]> => {
  const view = views.view<Doc>(name).for(tenant);
  const found: TenantDocument<Doc>[] = [];
  let after: string | undefined;
  do {
    const { items, next } = await view.find({ ...query, limit: PAGE, after });
    found.push(...items);
    after = next;
  } while (after !== undefined);
  return found.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ doc }) => doc);
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The rules that ran at the end of the period, as far as they were told: those for everybody, and the tenant's own. */
const rulesAsOf = async (views: JournalViews, tenant: string, to: number): Promise<RuleJournal[]> => {
  const last = async (scope: string): Promise<RuleJournal[]> => {
    const sets = views.view<RuleJournal>('rule-journal').for(scope);
    const order = await views.view<RulesToldJournal>('rule-journal').for(scope).get(RULES_TOLD);
    const told = order?.told.findLast(({ at }) => at < to);
    const set = told && (await sets.get(told.set));
    if (set) return [set];
    // Documents of before know only when each was first told.
    return (await sets.find({ where: { at: { lt: to } }, sort: { at: -1 }, limit: 1 })).items.map(({ doc }) => doc);
  };
  return [...(await last(OPERATOR)), ...(await last(tenant))];
};

/** Everything that is needed for a report of the period on one tenant. Documents in the order of their keys. */
export const readJournals = async (views: JournalViews, tenant: string, { from, to }: Period): Promise<Journals> => {
  const [cases, actions, findings, receipts, hosts, hunts, exceptions, postures, recommendations, rules] =
    await Promise.all([
      all<CaseJournal>(views, 'case-journal', tenant, { where: { openedAt: { lt: to } } }),
      all<ActionJournal>(views, 'action-journal', tenant),
      all<FindingJournal>(views, 'finding-journal', tenant, { where: { 'raised.detectedAt': { gte: from, lt: to } } }),
      all<ReceiptJournal>(views, 'receipt-journal', tenant),
      all<HostJournal>(views, 'host-journal', tenant, { where: { day: { gte: day(from), lte: day(to) } } }),
      all<HuntJournal>(views, 'hunt-journal', tenant, { where: { 'finished.at': { gte: from, lt: to } } }),
      all<ExceptionJournal>(views, 'exception-journal', tenant, { where: { addedAt: { lt: to } } }),
      all<PostureJournal>(views, 'posture-journal', tenant, { where: { openedAt: { lt: to } } }),
      all<RecommendationJournal>(views, 'recommendation-journal', tenant, { where: { givenAt: { lt: to } } }),
      rulesAsOf(views, tenant, to),
    ]);
  return { cases, actions, findings, receipts, hosts, hunts, exceptions, postures, recommendations, rules };
};

/** Settings as they were in that version; undefined when it is not known any more. */
export const readSettings = async (
  views: JournalViews,
  tenant: string,
  version: number,
): Promise<SettingsJournal['state'] | undefined> =>
  (await views.view<SettingsJournal>('settings-journal').for(tenant).get(String(version)))?.state;
