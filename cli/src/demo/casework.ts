import type { Severity } from '#contracts';
import { mustBeOk } from '../gateway/graphql-client.js';
import type { Stage } from './stage.js';
import { untilShown } from '../gateway/until-shown.js';

/** A case as the acts speak of it. */
export interface DemoCase {
  id: string;
  number: string;
  title: string;
  severity: Severity;
  findingCount: number;
  mergedInto?: string;
}

const CASES =
  'query($tenants: [ID!]) { cases(tenants: $tenants, first: 100) { edges { node { id number title severity findingCount mergedInto } } } }';

const casesOf = async (stage: Stage, tenant: string): Promise<DemoCase[]> =>
  (await stage.analyst.ask<{ cases: { edges: { node: DemoCase }[] } }>(CASES, { tenants: [tenant] })).cases.edges
    .map(({ node }) => node)
    .filter(({ mergedInto }) => !mergedInto);

/** Waits until the tenant has a case. */
export const seeCases = async (stage: Stage, tenant: string): Promise<DemoCase[]> => {
  const cases = await untilShown(`a case of ${tenant}`, async () => {
    const found = await casesOf(stage, tenant);
    return found.length ? found : undefined;
  });
  for (const { number, severity, title, findingCount } of cases)
    stage.say(`    ${number} ${severity}: ${title} (${findingCount} findings)`);
  return cases;
};

/** An analyst takes note and asks the customer. */
export const acknowledge = async ({ analyst }: Stage, cases: DemoCase[], question: string): Promise<void> => {
  for (const { id, number } of cases) {
    mustBeOk(
      await analyst.change('mutation($id: ID!) { acknowledgeCase(id: $id) OUTCOME }', { id }),
      `acknowledging ${number}`,
    );
    mustBeOk(
      await analyst.change(
        'mutation($id: ID!, $text: String!) { postMessage(id: $id, kind: QUESTION, text: $text) OUTCOME }',
        { id, text: question },
      ),
      `asking about ${number}`,
    );
  }
};

const CLOSE = `mutation($id: ID!, $summary: String!, $rootCause: RootCauseInput!) {
  closeCase(id: $id, verdict: TRUE_POSITIVE, summary: $summary, impact: true, rootCause: $rootCause) OUTCOME }`;

/** A second person closes what is contained, with its root cause; the customer rates the work. */
export const conclude = async (
  stage: Stage,
  tenant: string,
  one: DemoCase,
  rootCause: Record<string, string>,
  summary: string,
): Promise<void> => {
  mustBeOk(await stage.reviewer.change(CLOSE, { id: one.id, summary, rootCause }), `closing ${one.number}`);
  const mine = await stage.customers[tenant]?.ask<{ caseByNumber?: { id: string } }>(
    'query($number: String!) { caseByNumber(number: $number) { id } }',
    { number: one.number },
  );
  mustBeOk(
    (await stage.customers[tenant]?.change(
      'mutation($id: ID!) { rateCase(caseId: $id, stars: 5, comment: "") OUTCOME }',
      { id: mine?.caseByNumber?.id },
    )) ?? { ok: false, code: 'NO_CUSTOMER', message: '', requestId: '' },
    'the rating',
  );
  stage.say(`    ${one.number} closed: ${summary}`);
};
