import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { print, printJson } from '../terminal/print.js';
import { openSession } from '../gateway/session.js';
import { CASE_FIELDS, caseText, type ShownCase } from '../gateway/case-text.js';

const runShow = async (number: string, { json }: { json: boolean }): Promise<void> => {
  const { admin } = await openSession();
  const answer = await admin.ask<{ caseByNumber?: ShownCase }>(
    `query($number: String!) { caseByNumber(number: $number) { ${CASE_FIELDS} } }`,
    { number },
  );
  if (!answer.caseByNumber) throw new Refused(`there is no case ${number}`, 'NO_CASE');
  if (json) return printJson(answer.caseByNumber);
  print(caseText(answer.caseByNumber));
};

interface ListedCase {
  number: string;
  severity: string;
  status: string;
  phase: string;
  priority: number;
  findingCount: number;
  title: string;
}

const runList = async ({ tenant, json }: { tenant?: string; json: boolean }): Promise<void> => {
  const { admin } = await openSession();
  const { cases } = await admin.ask<{ cases: { edges: { node: ListedCase }[] } }>(
    'query($tenants: [ID!]) { cases(tenants: $tenants, first: 100) { edges { node { number severity status phase priority findingCount title } } } }',
    { tenants: tenant ? [tenant] : null },
  );
  const rows = cases.edges.map(({ node }) => node);
  if (json) return printJson(rows);
  for (const row of rows)
    print(
      `${row.number.padEnd(12)} ${row.severity.padEnd(9)} ${row.status.padEnd(12)} ${row.phase.padEnd(15)} ${String(row.findingCount).padStart(4)} findings  ${row.title}`,
    );
};

/** case show, case list */
export const defineCase = (cases: Command): void => {
  cases
    .command('show <number>')
    .description('one case whole: why it matters, what was found, what was done')
    .option('--json', 'print as JSON', false)
    .action(runShow);
  cases
    .command('list')
    .description('cases, a line each')
    .option('--tenant <id>', 'of one tenant')
    .option('--json', 'print as JSON', false)
    .action(runList);
};
