import { idOf } from '#libs/model';
import { until } from '#libs/testing';
import {
  addPartner,
  customer,
  DEV_ADMIN,
  grant,
  type GraphqlClient,
  makeReport,
  mustBeOk,
  onboard,
  type Partner,
  processStarted,
  provider,
  sendByHttp,
  sendByKafka,
  signToken,
  type TenantPlan,
} from '../../cli/src/index.js';
import type { TestInstallation } from '../support/installation.js';
import type { MarkedTenant } from './surface.js';

/** Those who ask for a tenant, and what they wrote with. */
export interface Cast {
  marked: MarkedTenant;
  lead: GraphqlClient;
  leadToken: string;
  admin: GraphqlClient;
  adminToken: string;
  partner: Partner;
  partnerToken: string;
}

const SOURCE = 'edr';
const planOf = ({ tenant, mark }: MarkedTenant): TenantPlan => ({
  name: mark,
  prefix: tenant.toUpperCase(),
  language: 'EN',
  timeZone: 'UTC',
  policy: { mode: 'AUTHORIZE', exclusions: [{ entity: `host:never-${mark}`, reason: mark }] },
  contacts: [
    {
      name: mark,
      subject: `admin-${tenant}`,
      kind: 'INCIDENT',
      channel: 'mail',
      address: `${mark}@example.test`,
      language: 'EN',
    },
  ],
  assets: [
    {
      assetId: `asset-${mark}`,
      hostnames: [`srv-${mark}.example.test`],
      criticality: 'HIGH',
      owner: mark,
      unit: mark,
      groups: [`group-${mark}`],
    },
  ],
  identities: [{ identityId: `id-${mark}`, names: [`${mark}-user`], criticality: 'HIGH', unit: mark }],
  sources: [{ name: SOURCE, kind: 'WINDOWS' }],
  connectors: [{ vendor: 'defender', baseUrl: 'standin:edr', secretRef: 'standin-defender', account: mark }],
});

/** Onboards a tenant, with somebody of the provider and of the customer who may do everything there, and a tool. */
export const takeOn = async ({ up }: TestInstallation, marked: MarkedTenant): Promise<Cast> => {
  const { tenant } = marked;
  const root = await provider(up, DEV_ADMIN);
  await onboard(root, tenant, planOf(marked), up.installation);
  for (const role of ['LEAD', 'HUNTER', 'OPERATOR_ADMIN']) await grant(root, `lead-${tenant}`, role, [tenant]);
  await grant(root, `admin-${tenant}`, 'CUSTOMER_ADMIN', [tenant]);
  const { secret } = up.installation.issuer;
  const partner = await addPartner(up.stack, tenant, SOURCE);
  return {
    marked,
    partner,
    lead: await provider(up, `lead-${tenant}`),
    leadToken: await signToken(secret, { kind: 'operator', subject: `lead-${tenant}` }),
    admin: await customer(up, tenant, `admin-${tenant}`),
    adminToken: await signToken(secret, { kind: 'customer', tenant, subject: `admin-${tenant}` }),
    partnerToken: await signToken(secret, { kind: 'partner', subject: partner.username, tenant, sources: [SOURCE] }),
  };
};

const ruleOf = ({ tenant, mark }: MarkedTenant): string => `title: Own rule ${mark}
id: ${idOf('rule', tenant)}
description: ${mark}
level: high
falsepositives: ['${mark}']
logsource: { product: windows, category: process_creation }
detection:
  tool: { CommandLine|contains: 'tool-${mark}' }
  condition: tool
`;

/** Rules, values and exceptions of its own; one rule cannot be loaded. */
export const writeRules = async ({ lead, marked }: Cast): Promise<void> => {
  const { tenant, mark } = marked;
  const files = [
    { path: `own-${mark}.yml`, text: ruleOf(marked) },
    { path: `broken-${mark}.yml`, text: `${ruleOf(marked).replace('|contains', `|${mark}`)}` },
    { path: `odd-${mark}.yml`, text: `? { ${mark}: x }\n: ${mark}\n` },
  ];
  mustBeOk(
    await lead.change(
      'mutation($t: ID!, $files: [RuleFileInput!]!, $i: ID!) { importRules(tenantId: $t, importId: $i, part: 1, parts: 1, files: $files) OUTCOME }',
      { t: tenant, files, i: `import-${tenant}` },
    ),
    'rules',
  );
  mustBeOk(
    await lead.change(
      'mutation($t: ID!, $v: [String!]!) { setPlaceholder(tenantId: $t, name: "tools", values: $v) OUTCOME }',
      { t: tenant, v: [mark] },
    ),
    'values',
  );
  const input = {
    ruleId: idOf('rule', tenant),
    where: [{ field: 'User', values: [`quiet-${mark}`] }],
    owner: mark,
    reason: `agreed with ${mark}`,
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  };
  mustBeOk(
    await lead.change(
      'mutation($t: ID!, $input: ExceptionInput!) { addException(tenantId: $t, input: $input) OUTCOME }',
      { t: tenant, input },
    ),
    'the exception',
  );
  await until(
    `the rules of ${tenant} to run`,
    async () => {
      const { ruleset } = await lead.ask<{ ruleset: { loaded?: { rules: number } } }>(
        'query($t: ID!) { ruleset(tenant: $t) { loaded { rules } } }',
        { t: tenant },
      );
      return ruleset.loaded?.rules === 1;
    },
    60_000,
  );
};

const attack = ({ mark }: MarkedTenant) => {
  const host = `srv-${mark}.example.test`;
  const run = (minutes: number, commandLine: string, image: string, user = `CORP\\${mark}-user`) =>
    processStarted(Date.now() - minutes * 60_000, host, {
      image,
      commandLine,
      user,
      parent: 'C:\\Windows\\System32\\cmd.exe',
    }).event;
  return [
    run(9, `vssadmin.exe delete shadows /all /quiet /for=${mark}`, 'C:\\Windows\\System32\\vssadmin.exe'),
    run(
      8,
      `powershell.exe -NonI -W Hidden -enc VwByAGkAdABlAC0ATwB1AHQAcAB1AHQAIAAnAGQAZQBtAG8AJwA= ${mark}`,
      'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    ),
    run(7, `x.exe tool-${mark}`, `C:\\${mark}\\x.exe`),
    run(6, `x.exe tool-${mark}`, `C:\\${mark}\\x.exe`),
    run(5, `x.exe tool-${mark}`, `C:\\${mark}\\x.exe`, `quiet-${mark}`),
  ];
};

/** By Kafka and by HTTP, with lines that nobody can read. */
export const sendTelemetry = async (
  { up }: TestInstallation,
  { marked, partner, partnerToken }: Cast,
): Promise<void> => {
  await sendByKafka(partner, { source: SOURCE, via: 'kafka', events: attack(marked) });
  await sendByHttp(`${up.installation.urls.ingest}/v1/ingest/${SOURCE}`, partnerToken, {
    source: SOURCE,
    via: 'http',
    events: attack(marked).slice(0, 1),
  });
  const response = await fetch(`${up.installation.urls.ingest}/v1/ingest/${SOURCE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${partnerToken}` },
    body: `{"broken": "${marked.mark}\n`,
  });
  if (response.status !== 202) throw new Error(`the broken line was answered ${response.status}`);
};

interface ListedNodes {
  id: string;
  entities: { value: string }[];
  actions: { state: string }[];
}

/** The case of the attack, once its host is contained. */
export const contained = ({ lead, marked }: Cast): Promise<ListedNodes> =>
  until(
    `${marked.tenant}'s host to be contained`,
    async () => {
      const { cases } = await lead.ask<{ cases: { edges: { node: ListedNodes }[] } }>(
        '{ cases { edges { node { id entities { value } actions { state } } } } }',
      );
      return cases.edges
        .map(({ node }) => node)
        .find(
          ({ entities, actions }) =>
            entities.some(({ value }) => value.includes(marked.mark)) &&
            actions.some(({ state }) => state === 'VERIFIED'),
        );
    },
    120_000,
  );

/** What people write, ask and are told. */
export const workOn = async ({ lead, admin, marked: { tenant, mark } }: Cast, { id }: ListedNodes): Promise<void> => {
  const done = async (who: GraphqlClient, field: string): Promise<void> =>
    void mustBeOk(await who.change(`mutation { ${field} OUTCOME }`), field);
  await done(lead, `acknowledgeCase(id: "${id}")`);
  await done(lead, `addNote(id: "${id}", text: "${mark}")`);
  await done(lead, `postMessage(id: "${id}", kind: QUESTION, text: "${mark}?")`);
  await done(lead, `addRecommendation(id: "${id}", text: "${mark}")`);
  await done(lead, `assignCase(id: "${id}", analyst: "${mark}")`);
  await done(admin, `postMessage(caseId: "${id}", text: "answer ${mark}")`);
  await done(admin, `openCase(title: "look ${mark}", description: "${mark}")`);
  const [from, to] = [new Date(Date.now() - 3_600_000).toISOString(), new Date(Date.now() + 60_000).toISOString()];
  await done(
    lead,
    `askHunt(tenantId: "${tenant}", input: { hypothesis: "${mark}", from: "${from}", to: "${to}", filters: [{ field: "command_line", operator: CONTAINS, value: "${mark}" }] })`,
  );
  await done(lead, `backtestRules(tenantId: "${tenant}", input: { ruleId: "${idOf('rule', tenant)}", days: 1 })`);
  await makeReport(lead, {
    tenantId: tenant,
    kind: 'WEEKLY',
    from: new Date(Date.now() - 7 * 86_400_000).toISOString(),
    to: new Date().toISOString(),
  });
  await until(
    `what ${tenant} asked to be answered`,
    async () => {
      const told = JSON.stringify(
        await lead.ask(
          '{ hunts { edges { node { finished rowCount } } } backtests { edges { node { finished } } } reports { totalCount } }',
        ),
      );
      return (told.match(/"finished":true/g)?.length ?? 0) === 2;
    },
    60_000,
  );
};
