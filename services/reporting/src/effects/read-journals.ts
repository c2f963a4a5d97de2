import type { ViewFilter } from '#libs/store';
import { OPERATOR, withPages } from '#libs/terms';
import {
  RULES_TOLD,
  settingsPageKey,
  type ExceptionJournal,
  type FindingJournal,
  type HostJournal,
  type HuntJournal,
  type Journals,
  type ReceiptJournal,
  type RuleJournal,
  type RulesToldJournal,
  type SettingsJournal,
  type SettingsPage,
} from '../domain/journals/index.js';
import type { ReportScope } from '../domain/report/compose.js';
import type { Period } from '../domain/report/period.js';
import { toldSince } from '../domain/sections/trend.js';
import { readCasework, type JournalViews } from './read-casework.js';

const all = async <Doc>(views: JournalViews, name: string, tenant: string, where?: ViewFilter): Promise<Doc[]> =>
  (await views.allOf<Doc>(name, tenant, where)).map(({ doc }) => doc);

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

/** Which report journals are read for. */
export type ReadFor = Period & Pick<ReportScope, 'kind'> & { timeZone: string };

/** Everything that is needed for a report of the period on one tenant. Documents in the order of their keys. */
export const readJournals = async (
  views: JournalViews,
  tenant: string,
  { from, to, kind, timeZone }: ReadFor,
): Promise<Journals> => {
  const since = toldSince({ period: { from, to }, kind, timeZone });
  const [findings, receipts, hosts, hunts, exceptions, rules] = await Promise.all([
    all<FindingJournal>(views, 'finding-journal', tenant, { 'raised.detectedAt': { gte: from, lt: to } }),
    all<ReceiptJournal>(views, 'receipt-journal', tenant),
    all<HostJournal>(views, 'host-journal', tenant, { day: { gte: day(from), lte: day(to) } }),
    all<HuntJournal>(views, 'hunt-journal', tenant, { 'finished.at': { gte: from, lt: to } }),
    all<ExceptionJournal>(views, 'exception-journal', tenant, { addedAt: { lt: to } }),
    rulesAsOf(views, tenant, to),
  ]);
  const places = findings.flatMap((doc) => doc.places.map(({ caseId }) => caseId));
  const casework = await readCasework(views, tenant, { since, places });
  const cases = casework.cases.filter(({ openedAt }) => openedAt < to);
  return { ...casework, cases, findings, receipts, hosts, hunts, exceptions, rules };
};

/** Settings as they were in that version, with all assets; undefined when something of it is not known any more. */
export const readSettings = async (
  views: JournalViews,
  tenant: string,
  version: number,
): Promise<SettingsJournal['state'] | undefined> => {
  const found = await views.view<SettingsJournal>('settings-journal').for(tenant).get(String(version));
  const keys = (found?.state.paged?.versions ?? []).map((of, page) => settingsPageKey(page, of));
  if (!found || keys.length === 0) return found?.state;
  const known = new Map(
    (await views.view<SettingsPage>('settings-pages').for(tenant).getMany(keys)).map(({ key, doc }) => [key, doc]),
  );
  const pages = keys.flatMap((key) => known.get(key) ?? []);
  return pages.length === keys.length ? withPages(found.state, pages) : undefined;
};
