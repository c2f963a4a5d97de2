import { makeReport, downloadReport, type MadeReport } from '../gateway/reports.js';
import type { Stage } from './stage.js';
import type { Story } from './scenario/index.js';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '#libs/model';
import { untilShown } from '../gateway/until-shown.js';

/** What the demo counts of one tenant; times in milliseconds, null where there is none. */
export interface DemoFigures {
  tenant: string;
  eventsIn: number;
  deadLettered: number;
  findings: number;
  cases: number;
  actions: number;
  timeToDetect: { median: number; p90: number } | null;
  timeToContain: { median: number; p90: number } | null;
  report: string;
  verdict: string;
}

const COUNTS = `query($tenant: ID!, $tenants: [ID!]) {
  intake(tenant: $tenant) { accepted dead }
  findings(tenants: $tenants, first: 1) { totalCount }
  cases(tenants: $tenants, first: 200) { edges { node { mergedInto } } }
  actions(tenants: $tenants, first: 1) { totalCount } }`;

interface DemoCounts {
  intake: { accepted: number; dead: number }[];
  findings: { totalCount: number };
  cases: { edges: { node: { mergedInto?: string } }[] };
  actions: { totalCount: number };
}

const countsOf = ({ analyst }: Stage, tenant: string): Promise<DemoCounts> =>
  analyst.ask<DemoCounts>(COUNTS, { tenant, tenants: [tenant] });
const accepted = ({ intake }: DemoCounts): number => intake.reduce((sum, one) => sum + one.accepted + one.dead, 0);

/** Waits until everything sent has been received. */
export const received = (stage: Stage, tenant: string, sent: number): Promise<DemoCounts> =>
  untilShown(`${sent} events of ${tenant} to be received`, async () => {
    const counts = await countsOf(stage, tenant);
    return accepted(counts) >= sent ? counts : undefined;
  });

/** `figures` of a report: a list of `{ id, value }`. */
const spread = (report: MadeReport, id: string): { median: number; p90: number } | null => {
  const { figures } = JSON.parse(report.figures) as { figures: { id: string; value: unknown }[] };
  const value = figures.find((figure) => figure.id === id)?.value as
    | { median?: number | null; p90?: number | null }
    | null
    | undefined;
  return typeof value?.median === 'number' && typeof value.p90 === 'number'
    ? { median: value.median, p90: value.p90 }
    : null;
};

const SENT =
  'query($id: ID!) { node(id: $id) { ... on Report { delivery { delivered { contact channel said at } failure } } } }';

interface SentReport {
  delivery: { delivered?: { contact: string; channel: string; said: string; at: string }; failure?: string } | null;
}

/** That a report is ready is told those who get reports, and is told once it arrived. */
const sent = async ({ analyst, say }: Stage, { id }: MadeReport): Promise<void> => {
  const { contact, channel, said, at } = await untilShown('the report to be delivered', async () => {
    const { node } = await analyst.ask<{ node: SentReport | null }>(SENT, { id });
    if (node?.delivery?.failure) throw new Fault(`the report was not delivered: ${node.delivery.failure}`);
    return node?.delivery?.delivered;
  });
  say(`    ${contact} told by ${channel} at ${at} ("${said}")`);
};

/** The last act: a weekly report for each, as PDF and as data, and what was counted. */
export const reportOn = async (
  stage: Stage,
  { tenant, plan }: Pick<Story, 'tenant' | 'plan'>,
  from: number,
  to: number,
): Promise<DemoFigures> => {
  const period = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const send = plan.contacts.some(({ kind }) => kind === 'REPORT');
  const report = await makeReport(stage.analyst, { tenantId: tenant, kind: 'WEEKLY', send, ...period });
  const folder = join(stage.up.installation.dir, 'reports');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${tenant}-weekly.pdf`);
  writeFileSync(file, await downloadReport(stage.up, report.pdfUrl));
  const counts = await countsOf(stage, tenant);
  stage.say(`  ${plan.name}: ${report.colour}: ${report.verdict}\n    ${file}`);
  if (send) await sent(stage, report);
  return {
    tenant,
    eventsIn: counts.intake.reduce((sum, one) => sum + one.accepted, 0),
    deadLettered: counts.intake.reduce((sum, { dead }) => sum + dead, 0),
    findings: counts.findings.totalCount,
    cases: counts.cases.edges.filter(({ node }) => !node.mergedInto).length,
    actions: counts.actions.totalCount,
    timeToDetect: spread(report, 'time-to-detect'),
    timeToContain: spread(report, 'time-to-contain'),
    report: file,
    verdict: report.verdict,
  };
};
