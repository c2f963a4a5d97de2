import { idOf } from '#libs/model';
import { HOUR_MS, WEEK_MS } from '#libs/terms';
import { until } from '#libs/testing';
import { makeReport, mustBeOk, type GraphqlClient } from '../../cli/src/index.js';
import type { Cast } from './cast.js';

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
    240_000,
    // A read that a busy store did not answer in time is asked again.
    { forgiving: true },
  );

/** What people write, ask and are told. */
export const workOn = async ({ lead, admin, marked: { tenant, mark } }: Cast, { id }: ListedNodes): Promise<void> => {
  const done = async (who: GraphqlClient, field: string): Promise<void> =>
    void mustBeOk(await who.change(`mutation { ${field} OUTCOME }`), field);
  await done(lead, `acknowledgeCase(id: "${id}")`);
  await done(lead, `addNote(id: "${id}", text: "${mark}")`);
  await done(lead, `postMessage(id: "${id}", kind: QUESTION, text: "${mark}?")`);
  await done(lead, `giveRecommendation(caseId: "${id}", text: "${mark}", owner: "${mark}")`);
  await done(lead, `assignCase(id: "${id}", analyst: "${mark}")`);
  await done(admin, `postMessage(caseId: "${id}", text: "answer ${mark}")`);
  await done(admin, `openCase(title: "look ${mark}", description: "${mark}")`);
  const [from, to] = [new Date(Date.now() - HOUR_MS).toISOString(), new Date(Date.now() + 60_000).toISOString()];
  await done(
    lead,
    `askHunt(tenantId: "${tenant}", input: { hypothesis: "${mark}", from: "${from}", to: "${to}", filters: [{ field: "command_line", operator: CONTAINS, value: "${mark}" }] })`,
  );
  await done(lead, `backtestRules(tenantId: "${tenant}", input: { ruleId: "${idOf('rule', tenant)}", days: 1 })`);
  await makeReport(lead, {
    tenantId: tenant,
    kind: 'WEEKLY',
    from: new Date(Date.now() - WEEK_MS).toISOString(),
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
