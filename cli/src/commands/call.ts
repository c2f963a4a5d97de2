import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { mustBeOk } from '../gateway/graphql-client.js';
import { clientOf, openSession } from '../gateway/session.js';
import { print, printJson, table } from '../terminal/print.js';

interface ListedCall {
  tenant: string;
  caseId: string;
  deliveryId: string;
  title: string;
  call: { turn: number; contact: string; phone: string; language: string; since: string };
}

const OPEN = `query($tenants: [ID!]) { openCalls(tenants: $tenants) {
  tenant caseId deliveryId title call { turn contact phone language since } } }`;

const runList = async ({ tenant, json }: { tenant?: string; json: boolean }): Promise<void> => {
  const { admin } = await openSession();
  const { openCalls } = await admin.ask<{ openCalls: ListedCall[] }>(OPEN, { tenants: tenant ? [tenant] : null });
  if (json) return printJson(openCalls);
  if (openCalls.length === 0) return print('no call waits');
  print(
    table(
      ['since', 'contact', 'number', 'language', 'about', 'delivery'],
      openCalls.map(({ deliveryId, title, call: { since, contact, phone, language } }) => [
        since,
        contact,
        phone,
        language,
        title,
        deliveryId,
      ]),
    ),
  );
};

interface RecordFlags {
  as: string;
  answered: boolean;
  unanswered: boolean;
  note: string;
}

const RECORD = `mutation($caseId: ID!, $deliveryId: ID!, $turn: Int!, $answered: Boolean!, $note: String!) {
  recordCall(caseId: $caseId, deliveryId: $deliveryId, turn: $turn, answered: $answered, note: $note) OUTCOME }`;

const runRecord = async (deliveryId: string, { as, answered, unanswered, note }: RecordFlags): Promise<void> => {
  if (answered === unanswered) throw new Refused('say either --answered or --unanswered', 'BAD_CALL');
  const { admin, installation } = await openSession();
  const { openCalls } = await admin.ask<{ openCalls: ListedCall[] }>(OPEN, { tenants: null });
  const open = openCalls.find((one) => one.deliveryId === deliveryId);
  if (!open) throw new Refused(`there is no call for the delivery ${deliveryId}`, 'NO_SUCH_CALL');
  const caller = await clientOf(installation, as);
  const said = { caseId: open.caseId, deliveryId, turn: open.call.turn, answered, note };
  mustBeOk(await caller.change(RECORD, said), 'recording the call');
  print(`${open.call.contact} ${answered ? 'was told by phone' : 'did not answer'}`);
};

/** call list, call record */
export const defineCall = (call: Command): void => {
  call
    .command('list')
    .description('calls to make, the one that waits longest first')
    .option('--tenant <id>', 'of one tenant')
    .option('--json', 'print as JSON', false)
    .action(runList);
  call
    .command('record <delivery>')
    .description('say what came of a call; a mailbox is no answer')
    .requiredOption('--as <subject>', 'who called: somebody of the provider with a grant as analyst')
    .option('--answered', 'the contact was spoken to', false)
    .option('--unanswered', 'nobody answered', false)
    .option('--note <text>', 'what was said', '')
    .action(runRecord);
};
