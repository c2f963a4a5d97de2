import type { ActionFact } from '#contracts';
import { standingAfter, stateTold, type ActionStanding } from '#libs/terms';
import { withStore, type DisturbedPlace } from '../place/place.js';
import { checked, type OracleCheck } from './check.js';

interface StandinCall {
  effect?: string;
}

const VENDOR = 'defender';

/** What was really done at the vendor, a line each. */
const deeds = async ({ up }: DisturbedPlace): Promise<string[]> => {
  const answer = await fetch(`${up.installation.urls[VENDOR]}/_standin/calls`);
  return ((await answer.json()) as StandinCall[]).flatMap(({ effect }) => effect ?? []);
};

interface TakenAction {
  target: string;
  facts: ActionFact[];
}

const actionsOf = async (place: DisturbedPlace): Promise<Map<string, TakenAction>> => {
  const actions = new Map<string, TakenAction>();
  await withStore(place, 'response', async (store) => {
    for (const tenant of place.tenants)
      for await (const { message } of store.facts(tenant).all()) {
        if (!message.type.startsWith('action.')) continue;
        const fact = message as ActionFact;
        const known = actions.get(fact.actionId) ?? { target: '', facts: [] };
        known.facts.push(fact);
        if (fact.type === 'action.proposed') known.target = fact.target.id;
        actions.set(fact.actionId, known);
      }
  });
  return actions;
};

/** States in which an action still has something to do by itself. */
const UNDER_WAY: readonly (string | undefined)[] = [
  ...['PROPOSED', 'RESOLVING', 'APPROVED', 'EXECUTING', 'REVERTING'],
  undefined,
];

/** Nothing was done twice at the vendor, and whatever was agreed on was done. */
export const vendorCheck = async (place: DisturbedPlace): Promise<OracleCheck> => {
  const done = await deeds(place);
  const failures: string[] = [];
  const counts = new Map<string, number>();
  for (const deed of done) counts.set(deed, (counts.get(deed) ?? 0) + 1);
  for (const [deed, count] of counts) if (count > 1) failures.push(`doubled: ${deed} was done ${count} times`);
  const states = new Map<string, number>();
  for (const [id, { target, facts }] of await actionsOf(place)) {
    const state = facts.map(stateTold).reduce<ActionStanding | undefined>(standingAfter, undefined)?.state;
    states.set(String(state), (states.get(String(state)) ?? 0) + 1);
    if (UNDER_WAY.includes(state)) failures.push(`stuck: action ${id} on ${target} is ${String(state)}`);
  }
  const said = [...states].map(([state, count]) => `${count} ${state}`).join(', ');
  return checked('deeds at the vendor', done.length, failures, `actions: ${said || 'none'}`);
};
