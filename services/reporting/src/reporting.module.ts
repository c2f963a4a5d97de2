import { defineService, type ServiceContext } from '#libs/service';
import { brandOf } from './brand.js';
import { config, type ReportingConfig } from './config.js';
import { reportStream } from './domain/report/decider.js';
import { makeReport, type MakeReportPorts } from './effects/make-report.js';
import { readJournals } from './effects/read-journals.js';
import { openTypeset } from './effects/typeset.js';
import { makePlanned, planReports } from './reactions/periodic-reports.js';
import { sendReport } from './reactions/send-report.js';
import {
  actionJournal,
  caseJournal,
  exceptionJournal,
  findingJournal,
  hostJournal,
  huntJournal,
  postureJournal,
  receiptJournal,
  recommendationJournal,
  ruleJournal,
  settingsJournal,
  settingsPages,
} from './views/index.js';

const open = async ({ store, clock, config }: ServiceContext<ReportingConfig>): Promise<MakeReportPorts> => {
  const { REPORT_SETTLE_MS: settleMs } = config;
  return {
    journals: (tenant, report) => readJournals(store, tenant, report),
    typesetter: await openTypeset(brandOf(config)),
    settled: (at) =>
      new Promise((resolve) => setTimeout(resolve, Math.min(settleMs, Math.max(0, at + settleMs - clock.now())))),
  };
};

/** What a customer is told of a week, and of a month: figures anyone can recompute, and pages anyone can read. */
export const reporting = defineService({
  name: 'reporting',
  config,
  decides: [reportStream],
  reacts: [planReports, makePlanned, sendReport],
  shows: [
    caseJournal,
    actionJournal,
    findingJournal,
    receiptJournal,
    hostJournal,
    huntJournal,
    exceptionJournal,
    postureJournal,
    recommendationJournal,
    ruleJournal,
    settingsJournal,
    settingsPages,
  ],
  asks: ['delivery.send', 'report.make', 'report.plan', 'report.record'],
  ports: open,
  performs: (ports) => [makeReport(ports)],
  close: ({ typesetter }) => typesetter.close(),
});
