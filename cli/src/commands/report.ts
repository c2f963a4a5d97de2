import { writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { openLog } from '#libs/service';
import { WEEK_MS } from '#libs/terms';
import { adminBroker } from '../kafka/provision.js';
import { verifyFromOwners } from '../views/verify-report.js';
import { makeReport, downloadReport } from '../gateway/reports.js';
import { print, printJson, say } from '../terminal/print.js';
import { openSession, openStack } from '../gateway/session.js';
import { fromCaller, mustHaveFolder } from '../terminal/paths.js';
import { isAsMade, verificationLines } from '../terminal/report-verification.js';
import { rawId } from '../gateway/node-id.js';

interface ReportFlags {
  tenant: string;
  kind: string;
  from?: string;
  to?: string;
  language?: string;
  pdf?: string;
  send: boolean;
  json: boolean;
}

const runMake = async (flags: ReportFlags): Promise<void> => {
  if (flags.pdf) mustHaveFolder(fromCaller(flags.pdf));
  const session = await openSession();
  const to = flags.to ? new Date(flags.to) : new Date();
  const from = flags.from ? new Date(flags.from) : new Date(to.getTime() - WEEK_MS);
  say('making the report');
  const report = await makeReport(session.admin, {
    tenantId: flags.tenant,
    kind: flags.kind.toUpperCase(),
    from: from.toISOString(),
    to: to.toISOString(),
    language: flags.language?.toUpperCase(),
    send: flags.send,
    mutationId: randomUUID(),
  });
  if (flags.pdf) {
    writeFileSync(fromCaller(flags.pdf), await downloadReport(session, report.pdfUrl));
    say(`written to ${flags.pdf}`);
  }
  if (flags.json) return printJson({ ...report, figures: JSON.parse(report.figures) as unknown });
  print(`${rawId(report.id)}\n${report.colour}: ${report.verdict}`);
};

const runVerify = async (id: string, { tenant, json }: { tenant: string; json: boolean }): Promise<void> => {
  const stack = await openStack();
  const broker = adminBroker(stack);
  try {
    const { made: _made, ...verified } = await verifyFromOwners(stack, broker, openLog('vigie', 'silent'), {
      tenant,
      id,
    });
    if (json) printJson(verified);
    else for (const line of verificationLines(verified)) print(line);
    process.exitCode = isAsMade(verified) ? 0 : 1;
  } finally {
    await broker.close();
  }
};

interface ListedReport {
  id: string;
  kind: string;
  from: string;
  to: string;
  colour: string;
  delivery: {
    attempts: { contact: string; channel: string; outcome: string; at: string }[];
    failure: string | null;
  } | null;
}

const LIST = `query($tenants: [ID!]) { reports(tenants: $tenants, first: 50) { edges { node { id kind from to colour
  delivery { attempts { contact channel outcome at } failure } } } } }`;

const toldOf = ({ delivery }: ListedReport): string => {
  if (!delivery) return 'not sent';
  const reached = delivery.attempts.filter(({ outcome }) => outcome === 'ACCEPTED');
  if (reached.length) return reached.map(({ contact, channel, at }) => `${contact} by ${channel}, ${at}`).join('; ');
  return delivery.failure ? `nobody was reached: ${delivery.failure}` : 'under way';
};

const runList = async ({ tenant, json }: { tenant?: string; json: boolean }): Promise<void> => {
  const { admin } = await openSession();
  const { reports } = await admin.ask<{ reports: { edges: { node: ListedReport }[] } }>(LIST, {
    tenants: tenant ? [tenant] : null,
  });
  const rows = reports.edges.map(({ node }) => node);
  if (json) return printJson(rows);
  for (const row of rows)
    print(`${rawId(row.id)} ${row.kind.padEnd(8)} ${row.from.slice(0, 10)} ${row.colour.padEnd(6)} ${toldOf(row)}`);
};

/** report make, report list, report verify */
export const defineReport = (report: Command): void => {
  report
    .command('make')
    .description('make a report from the facts of a period')
    .requiredOption('--tenant <id>', 'whose')
    .option('--kind <kind>', 'weekly | monthly', 'weekly')
    .option('--from <time>', 'RFC 3339; default a week before --to')
    .option('--to <time>', 'RFC 3339; default now')
    .option('--language <code>', 'en | fr | ja; default that of the tenant')
    .option('--pdf <file>', 'write the PDF there')
    .option('--send', 'tell contacts of kind REPORT that it is ready', false)
    .option('--json', 'print all figures as JSON', false)
    .action(runMake);
  report
    .command('list')
    .description('reports, a line each, the latest first, and who was told of them')
    .option('--tenant <id>', 'of one tenant')
    .option('--json', 'print as JSON', false)
    .action(runList);
  report
    .command('verify <id>')
    .description(
      'recompute a report from the commits of those who own its facts, and name every difference; ends with 1 when it is false',
    )
    .requiredOption('--tenant <id>', 'whose')
    .option('--json', 'print as JSON', false)
    .action(runVerify);
};
