import { isAtLeast } from '#libs/terms';
import { mustBeOk, type GraphqlClient } from '../gateway/graphql-client.js';
import { untilShown } from '../gateway/until-shown.js';
import type { DemoCase } from './casework.js';
import type { Stage } from './stage.js';

interface ToldCase {
  notifiedAt?: string;
  clocks: { kind: string; stoppedAt?: string }[];
  deliveries: {
    id: string;
    purpose: string;
    delivered?: { contact: string; channel: string; said: string; at: string };
    call?: { turn: number; contact: string; phone: string };
  }[];
}

const TOLD = `query($id: ID!) { case(id: $id) { notifiedAt clocks { kind stoppedAt }
  deliveries { id purpose delivered { contact channel said at } call { turn contact phone } } } }`;
const CALLED = `mutation($caseId: ID!, $deliveryId: ID!, $turn: Int!) {
  recordCall(caseId: $caseId, deliveryId: $deliveryId, turn: $turn, answered: true, note: "spoken to") OUTCOME }`;

const toldOf = async ({ analyst }: Stage, { id }: DemoCase): Promise<ToldCase> =>
  (await analyst.ask<{ case: ToldCase }>(TOLD, { id })).case;

/** A contact without mail is called by an analyst, who says that somebody answered. */
const call = async (stage: Stage, one: DemoCase): Promise<void> => {
  const delivery = await untilShown(`a call about ${one.number}`, async () =>
    (await toldOf(stage, one)).deliveries.find((each) => each.call),
  );
  const { turn, contact, phone } = delivery.call ?? { turn: 0, contact: '', phone: '' };
  stage.say(`    to be called: ${contact}, ${phone}`);
  const said = { caseId: one.id, deliveryId: delivery.id, turn };
  mustBeOk(await stage.analyst.change(CALLED, said), `the call about ${one.number}`);
};

/** Each case that weighs enough is told, and only that stops the clock: by mail where there is one, else by phone. */
export const tell = async (stage: Stage, cases: readonly DemoCase[], by: 'mail' | 'phone'): Promise<void> => {
  for (const one of cases.filter(({ severity }) => isAtLeast(severity, 'MEDIUM'))) {
    if (by === 'phone') await call(stage, one);
    const { told, stopped } = await untilShown(`somebody to be told of ${one.number}`, async () => {
      const { deliveries, clocks, notifiedAt } = await toldOf(stage, one);
      const delivered = deliveries.find(({ purpose }) => purpose === 'CASE')?.delivered;
      return delivered && notifiedAt
        ? { told: delivered, stopped: clocks.find(({ kind }) => kind === 'NOTIFY')?.stoppedAt }
        : undefined;
    });
    stage.say(`    ${one.number}: ${told.contact} told by ${told.channel} at ${told.at} ("${told.said}")`);
    stage.say(`    ${one.number}: NOTIFY stopped at ${stopped ?? 'never'}`);
  }
};

/** The customer takes note of what reached it: a fact of its own. */
export const takeNote = async (stage: Stage, tenant: string, cases: readonly DemoCase[]): Promise<void> => {
  const client = stage.customers[tenant] as GraphqlClient;
  const [first] = cases;
  if (!first) return;
  const { caseByNumber: mine } = await client.ask<{ caseByNumber: { id: string; deliveries: { id: string }[] } }>(
    'query($number: String!) { caseByNumber(number: $number) { id deliveries { id } } }',
    { number: first.number },
  );
  const outcome = await client.change(
    'mutation($caseId: ID!, $deliveryId: ID!) { acknowledgeDelivery(caseId: $caseId, deliveryId: $deliveryId) OUTCOME }',
    { caseId: mine.id, deliveryId: mine.deliveries[0]?.id },
  );
  mustBeOk(outcome, `taking note of ${first.number}`);
  stage.say(`    ${first.number}: the customer took note`);
};
