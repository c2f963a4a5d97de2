import { Option, type Command } from 'commander';
import type { Severity } from '#contracts';
import { Refused } from '#libs/model';
import { SEVERITIES } from '#libs/terms';
import { openSession } from '../gateway/session.js';
import { print, printJson } from '../terminal/print.js';

const EXPLAIN = `query($id: ID!, $action: String!, $target: String!, $severity: Severity!, $confidence: Int!, $at: DateTime) {
  tenant(id: $id) { explainDecision(actionClass: $action, target: $target, severity: $severity, confidence: $confidence, at: $at)
    { decision rule because rows { rule when then decides } } } }`;

interface ShownExplanation {
  decision: string;
  rule: string;
  because: string;
  rows: { rule: string; when: string; then: string; decides: boolean }[];
}

interface ExplainFlags {
  action: string;
  target: string;
  severity: Severity;
  confidence: string;
  at?: string;
  json: boolean;
}

/** The decision, why, and the rows in the order in which they are tried; the one that decides has an arrow. */
const explanationText = ({ decision, rule, because, rows }: ShownExplanation): string =>
  [
    `${decision} (${rule})`,
    because,
    '',
    ...rows.map((row) => `${row.decides ? '->' : '  '} ${row.rule}: if ${row.when}, ${row.then}`),
  ].join('\n');

const runExplain = async (id: string, flags: ExplainFlags): Promise<void> => {
  const { admin } = await openSession();
  const { action, target, severity, confidence, at, json } = flags;
  const asked = { id, action, target, severity, confidence: Number(confidence), at };
  const { tenant } = await admin.ask<{ tenant: { explainDecision: ShownExplanation } | null }>(EXPLAIN, asked);
  if (!tenant) throw new Refused(`there is no tenant ${id}`, 'NO_SUCH_TENANT');
  if (json) return printJson(tenant.explainDecision);
  print(explanationText(tenant.explainDecision));
};

/** tenant policy explain */
export const addExplain = (policy: Command): void => {
  policy
    .command('explain <id>')
    .description('what the policy would say of an action, and by which row; nothing is asked, and nothing happens')
    .requiredOption('--action <class>', 'such as isolate-host or suspend-user')
    .requiredOption('--target <name>', 'the host or user, by any of its names')
    .addOption(new Option('--severity <severity>', 'of the case').choices(SEVERITIES).default('HIGH'))
    .option('--confidence <percent>', 'of the case, 0 to 100', '80')
    .option('--at <time>', 'when, such as 2026-11-29T03:00:00Z; now unless said')
    .option('--json', 'print as JSON', false)
    .action(runExplain);
};
