import type { ReportMade } from '#contracts';
import { Refused, Unreadable, type Heard } from '#libs/model';
import { foldingViews, type Store } from '#libs/store';
import { reportOf } from '../domain/report/compose.js';
import { verifyReport, type ReportVerification } from '../domain/report/verify.js';
import type { JournalViews } from './read-casework.js';
import { readJournals, readSettings } from './read-journals.js';

/** What came of looking at a report again. */
export interface VerifiedReport extends ReportVerification {
  made: ReportMade;
  /** What the chain of the report's own commits says, by name: a changed stored byte. */
  problems: string[];
}

const versionOf = ({ figures }: ReportMade): number => {
  try {
    return Number((JSON.parse(Buffer.from(figures).toString('utf8')) as { settingsVersion?: number }).settingsVersion);
  } catch {
    throw new Unreadable('BAD_FIGURES', 'the figures of the report are no JSON');
  }
};

/** The journals that a report is recomputed from. */
type JournalsOf = (made: ReportMade) => Promise<JournalViews>;

/** Gives facts, each stream in order, some at a time. */
export type ReadFacts = (take: (facts: readonly Heard[]) => void) => Promise<void>;

/**
 * The journals as they were when a report was made: what came afterwards moves what they still keep, and may say more
 * of a period that was told already.
 * @param shows reporting's views.
 */
export const foldedAsMade =
  (shows: Parameters<typeof foldingViews>[0], read: ReadFacts): JournalsOf =>
  async ({ at }) => {
    const folding = foldingViews(shows);
    await read((facts) => folding.take(facts.filter(({ envelope }) => envelope.time <= at)));
    return folding.views();
  };

/**
 * Recomputes a report from the facts, with the settings it was made with, and compares.
 * @param store reporting's own.
 * @param journalsOf folded anew from the owners' commits, where what is shown is not to be believed.
 * @throws Refused when there is no such report, or its settings are not known any more; Unreadable when its figures are
 * no JSON.
 */
export const verifyStored = async (
  store: JournalViews & Pick<Store, 'facts'>,
  tenant: string,
  reportId: string,
  journalsOf: JournalsOf = async () => store,
): Promise<VerifiedReport> => {
  const streamId = `report/${tenant}/${reportId}`;
  const facts = store.facts(tenant);
  const problems = (await facts.verify(streamId)).map(
    ({ version, problem }) => `${streamId}, version ${version}: ${problem}`,
  );
  const { facts: told } = await facts.stream(streamId);
  const made = told.map(({ message }) => message as ReportMade).find(({ type }) => type === 'report.made');
  if (!made) throw new Refused('there is no such report', 'NO_SUCH_REPORT');
  const version = versionOf(made);
  const views = await journalsOf(made);
  const settings = await readSettings(views, tenant, version);
  if (!settings)
    throw new Refused(`version ${version} of the tenant's settings is not known any more`, 'SETTINGS_UNKNOWN');
  const { kind, from, to, language } = made;
  const journals = await readJournals(views, tenant, { kind, from, to, timeZone: settings.timeZone });
  const recomputed = reportOf(journals, { kind, from, to, language, settings });
  return { made, ...verifyReport(made, recomputed), problems };
};
