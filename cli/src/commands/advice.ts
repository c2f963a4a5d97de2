import { InvalidArgumentError, Option, type Command } from 'commander';
import { Refused } from '#libs/model';
import { everyNode } from '../gateway/every-node.js';
import { mustBeOk } from '../gateway/graphql-client.js';
import { openSession } from '../gateway/session.js';
import { print, printJson } from '../terminal/print.js';

const FIELDS =
  'id tenant caseNumber postureId text owner dueAt isOverdue priority state at endedBy { subject } endedAt endedBecause reminders { requestedAt delivered { contact channel at } failure }';
const LIST = `query($tenants: [ID!], $states: [RecommendationState!], $after: String) { recommendations(tenants: $tenants, states: $states, after: $after) { pageInfo { hasNextPage endCursor } edges { node { ${FIELDS} } } } }`;
const CASE = 'query($number: String!) { caseByNumber(number: $number) { id } }';
const GIVE = `mutation($caseId: ID!, $text: String!, $owner: String!, $dueAt: DateTime, $priority: RecommendationPriority!) {
  giveRecommendation(caseId: $caseId, text: $text, owner: $owner, dueAt: $dueAt, priority: $priority) OUTCOME }`;
const WITHDRAW = 'mutation($id: ID!, $reason: String!) { withdrawRecommendation(id: $id, reason: $reason) OUTCOME }';

interface ShownReminder {
  requestedAt: string;
  delivered: { contact: string; channel: string; at: string } | null;
  failure: string | null;
}

interface ShownAdvice {
  id: string;
  caseNumber: string | null;
  postureId: string | null;
  text: string;
  owner: string;
  dueAt: string | null;
  isOverdue: boolean;
  priority: string | null;
  state: string;
  at: string;
  endedBy: { subject: string } | null;
  endedAt: string | null;
  endedBecause: string | null;
  reminders: ShownReminder[];
}

const reminderLine = ({ requestedAt, delivered, failure }: ShownReminder): string => {
  if (delivered) return `  ${delivered.at.slice(0, 10)} ${delivered.contact} was reminded by ${delivered.channel}`;
  const came = failure ? `nobody could be reminded: ${failure}` : 'nobody has been reached by the reminder';
  return `  ${requestedAt.slice(0, 10)} ${came}`;
};

const linesOf = (one: ShownAdvice): string[] => {
  const due = one.dueAt ? `due ${one.dueAt.slice(0, 10)}${one.isOverdue ? ', overdue' : ''}` : 'no due date';
  const ended = one.endedBy ? ` by ${one.endedBy.subject} ${one.endedAt?.slice(0, 10)}` : '';
  const why = one.endedBecause ? `: ${one.endedBecause}` : '';
  return [
    `${one.id}  ${one.state}${ended}${why}`,
    `  ${one.caseNumber ?? one.postureId ?? ''}, ${one.priority ?? 'no priority'}, ${due}${one.owner ? `, ${one.owner}` : ''}`,
    `  ${one.text}`,
    ...one.reminders.map(reminderLine),
  ];
};

const runList = async ({ tenant, all, json }: { tenant?: string; all: boolean; json: boolean }): Promise<void> => {
  const { admin } = await openSession();
  const asked = { tenants: tenant ? [tenant] : null, states: all ? null : ['OPEN'] };
  const found = await everyNode<ShownAdvice>(admin, LIST, asked, 'recommendations');
  if (json) return printJson(found);
  print(found.length ? found.flatMap(linesOf).join('\n') : 'nothing is recommended');
};

interface GiveFlags {
  text: string;
  owner: string;
  due?: string;
  priority: string;
}

const runGive = async (number: string, { text, owner, due, priority }: GiveFlags): Promise<void> => {
  const { admin } = await openSession();
  const { caseByNumber } = await admin.ask<{ caseByNumber?: { id: string } }>(CASE, { number });
  if (!caseByNumber) throw new Refused(`there is no case ${number}`, 'NO_CASE');
  const given = await admin.change(GIVE, {
    caseId: caseByNumber.id,
    text,
    owner,
    dueAt: due ?? null,
    priority: priority.toUpperCase(),
  });
  print(`recommendation ${mustBeOk(given, 'the recommendation').id} is given`);
};

const runWithdraw = async (id: string, { reason }: { reason: string }): Promise<void> => {
  const { admin } = await openSession();
  mustBeOk(await admin.change(WITHDRAW, { id, reason }), 'the recommendation');
  print('the recommendation is withdrawn');
};

/** The end of a day in UTC. */
const dayOf = (text: string): string => {
  const at = new Date(`${text}T23:59:59Z`);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('a day such as 2027-01-31');
  return at.toISOString();
};

/** advice list | give | withdraw */
export const defineAdvice = (advice: Command): void => {
  advice
    .command('list')
    .description('what is open, or all of it')
    .option('--tenant <id>', 'of one tenant')
    .option('--all', 'also what was followed, accepted or withdrawn', false)
    .option('--json', 'print as JSON', false)
    .action(runList);
  advice
    .command('give <case>')
    .description('recommend something out of a case, such as ACME-1001')
    .requiredOption('--text <text>', 'what is to be done')
    .option('--owner <who>', "who of the customer's is to see to it", '')
    .option('--due <day>', 'until when, such as 2027-01-31', dayOf)
    .addOption(new Option('--priority <priority>').choices(['low', 'medium', 'high']).default('medium'))
    .action(runGive);
  advice
    .command('withdraw <id>')
    .description('take it back')
    .requiredOption('--reason <text>', 'why')
    .action(runWithdraw);
};
