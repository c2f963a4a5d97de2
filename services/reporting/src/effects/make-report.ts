import type { ReportRecord, ReportRequested, TenantState } from '#contracts';
import { Fault, type Effect } from '#libs/model';
import { canonicalBytes, hashOf } from '../domain/report/canonical-json.js';
import type { Journals } from '../domain/journals/index.js';
import { reportOf } from '../domain/report/compose.js';
import { sheetOf } from '../domain/sheet/index.js';
import type { ReadFor } from './read-journals.js';
import type { Typesetter } from './typeset.js';

/** What making a report stands on. */
export interface MakeReportPorts {
  journals(tenant: string, report: ReadFor): Promise<Journals>;
  typesetter: Typesetter;
  /** Waits until what happened before that instant (epoch ms) has been heard: bounded, by the settle time at most. */
  settled(at: number): Promise<void>;
}

/** Computes, writes and typesets a report that was requested. Doing it twice harms nothing: the first record stands. */
export const makeReport = (ports: MakeReportPorts): Effect<ReportRequested, ReportRecord, TenantState> => ({
  name: 'make-report',
  hears: ['report.requested'],
  perform: async ({ envelope: { tenant }, message: { reportId, kind, from, to, language } }, settings) => {
    if (!settings) throw new Fault(`report ${reportId} is of a tenant without settings`);
    await ports.settled(to);
    const { timeZone } = settings;
    const journals = await ports.journals(tenant, { kind, from, to, timeZone });
    const data = reportOf(journals, { kind, from, to, language, settings });
    const figures = canonicalBytes(data);
    const { sentence: verdict, colour } = data.verdict;
    const pdf = await ports.typesetter.typeset(sheetOf(data));
    return [
      {
        request: {
          type: 'report.record',
          reportId,
          kind,
          from,
          to,
          language,
          verdict,
          colour,
          figures,
          figuresHash: hashOf(figures),
          pdf,
        },
      },
    ];
  },
});
