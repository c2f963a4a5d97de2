import { addExplain } from './tenant-policy-explain.js';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { PolicyGuards } from '#contracts';
import { Refused } from '#libs/model';
import { hostsAllowedText } from '#libs/terms';
import { graphqlClient, mustBeOk, mustKnow, type GraphqlClient } from '../gateway/graphql-client.js';
import { print, printJson } from '../terminal/print.js';
import { openSession } from '../gateway/session.js';
import { fromCaller } from '../terminal/paths.js';

const POLICY =
  '{ version mode approvalMinutes escalateIfUnreachableAfterMinutes unreachableClasses overrides { id mode actionClasses assetGroups severities minConfidence hours } exclusions { entity reason } guards { criticalAssets privilegedIdentities minConfidence hostsPerHour hostsPercent } }';
const SHOW = `query($id: ID!) { tenant(id: $id) { policy ${POLICY}
  policyProposals { id looser tighter proposedBy { subject } proposedAt expiresAt } policyChanges(first: 20) { outcome version looser tighter by { subject side } at proposedBy { subject } reason } } }`;
const SET = 'mutation($id: ID!, $policy: PolicyInput!) { setPolicy(tenantId: $id, policy: $policy) OUTCOME }';
const CONFIRM = 'mutation($id: ID!, $proposal: ID!) { confirmPolicy(tenantId: $id, proposalId: $proposal) OUTCOME }';
const REJECT =
  'mutation($id: ID!, $proposal: ID!, $reason: String!) { rejectPolicy(tenantId: $id, proposalId: $proposal, reason: $reason) OUTCOME }';

interface ShownLoosening {
  looser: string[];
  tighter: string[];
}
interface ShownProposal extends ShownLoosening {
  id: string;
  proposedBy: { subject: string };
  proposedAt: string;
  expiresAt: string;
}
interface ShownPolicyChange extends ShownLoosening {
  outcome: string;
  version: number | null;
  by: { subject: string; side: string };
  at: string;
  proposedBy: { subject: string } | null;
  reason: string;
}
interface ShownPolicy {
  policy: {
    version: number;
    mode: string;
    overrides: { id: string; mode: string }[];
    exclusions: { entity: string; reason: string }[];
    guards: PolicyGuards;
  };
  policyProposals: ShownProposal[];
  policyChanges: ShownPolicyChange[];
}

/** As the administrator of this machine's installation, or as the person a token names. */
const speaking = async (token?: string): Promise<GraphqlClient> => {
  const { admin, installation } = await openSession();
  return token ? graphqlClient(installation.urls.analyst ?? '', token) : admin;
};

const minute = (time: string): string => time.slice(0, 16).replace('T', ' ');
const said = ({ looser, tighter }: ShownLoosening): string[] => [
  ...looser.map((one) => `    looser: ${one}`),
  ...tighter.map((one) => `    tighter: ${one}`),
];
const proposalLines = (one: ShownProposal): string[] => [
  `  ${one.id} by ${one.proposedBy.subject}, until ${minute(one.expiresAt)}`,
  ...said(one),
];
const changeLines = ({ outcome, version, by, at, proposedBy, reason, ...rest }: ShownPolicyChange): string[] => [
  `  ${minute(at)} ${outcome}${version ? ` version ${version}` : ''}, ${by.subject} (${by.side.toLowerCase()})${proposedBy ? `, proposed by ${proposedBy.subject}` : ''}${reason ? `: ${reason}` : ''}`,
  ...said(rest),
];

const guardLine = (guards: PolicyGuards): string => {
  const { criticalAssets, privilegedIdentities, minConfidence, hostsPerHour } = guards;
  const on = [
    ...(criticalAssets ? ['what is critical'] : []),
    ...(privilegedIdentities ? ['privileged identities'] : []),
    ...(minConfidence > 0 ? [`a confidence under ${minConfidence}`] : []),
    ...(hostsPerHour > 0 ? [hostsAllowedText(guards)] : []),
  ];
  return on.length > 0 ? `  always asked about: ${on.join(', ')}` : '  nothing is guarded';
};

const textOf = ({ policy, policyProposals, policyChanges }: ShownPolicy): string =>
  [
    `version ${policy.version}: ${policy.mode}`,
    ...policy.overrides.map(({ id, mode }) => `  override ${id}: ${mode}`),
    ...policy.exclusions.map(({ entity, reason }) => `  never ${entity}: ${reason}`),
    guardLine(policy.guards),
    ...(policyProposals.length ? ['waiting for a second word:', ...policyProposals.flatMap(proposalLines)] : []),
    'changes:',
    ...policyChanges.flatMap(changeLines),
  ].join('\n');

const runShow = async (id: string, { json }: { json: boolean }): Promise<void> => {
  const client = await speaking();
  await mustKnow(client, id);
  const { tenant } = await client.ask<{ tenant: ShownPolicy }>(SHOW, { id });
  if (json) return printJson(tenant);
  print(textOf(tenant));
};

const policyIn = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(fromCaller(file), 'utf8'));
  } catch (error) {
    throw new Refused(`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`, 'BAD_FILE');
  }
};

const runSet = async (id: string, { file, token }: { file: string; token?: string }): Promise<void> => {
  const { code, message, requestId } = mustBeOk(
    await (await speaking(token)).change(SET, { id, policy: policyIn(file) }),
    'the policy',
  );
  print(code === 'PROPOSED' ? `proposed as ${requestId}: ${message}` : 'the policy holds');
};

const runConfirm = async (id: string, proposal: string, { token }: { token?: string }): Promise<void> => {
  mustBeOk(await (await speaking(token)).change(CONFIRM, { id, proposal }), 'the agreement');
  print('agreed: it holds');
};

const runReject = async (
  id: string,
  proposal: string,
  { token, reason }: { token?: string; reason: string },
): Promise<void> => {
  mustBeOk(await (await speaking(token)).change(REJECT, { id, proposal, reason }), 'the rejection');
  print('rejected');
};

/** tenant policy show | explain | set | confirm | reject */
export const addPolicy = (tenant: Command): void => {
  const policy = tenant
    .command('policy')
    .description('what may be done at a customer; to let more happen needs a second person, or the customer');
  const asWhom = (command: Command): Command =>
    command.option(
      '--token <jwt>',
      'speak as the person it names, such as of `vigie token --role lead --tenant acme --subject grace`',
    );
  policy
    .command('show <id>')
    .description('the policy, what waits for a second word, and what became of it')
    .option('--json', 'print as JSON', false)
    .action(runShow);
  addExplain(policy);
  asWhom(
    policy
      .command('set <id>')
      .description('ask for another policy')
      .requiredOption('--file <json>', 'the policy, as the GraphQL input has it'),
  ).action(runSet);
  asWhom(policy.command('confirm <id> <proposal>').description('agree to what another has proposed')).action(
    runConfirm,
  );
  asWhom(
    policy
      .command('reject <id> <proposal>')
      .description("turn a proposal down, or take one's own back")
      .option('--reason <text>', 'why', ''),
  ).action(runReject);
};
