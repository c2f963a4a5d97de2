import type { ActionState } from '#contracts';
import { endOffsets, ensureTopics, ingestTopic, ingestTopicSpec } from '#libs/events';
import { isSettled, SERVICES } from '#libs/terms';
import { until } from '#libs/testing';
import { addPartner, grant, onboard, setStage, type Stage } from '../../cli/src/index.js';
import type { TestInstallation } from '../support/installation.js';
import { quiet } from '../support/quiet.js';
import { effects } from '../support/standins.js';
import { accountOf, decisionsOf, type EventAccount, type DecisionsOfTenant } from './oracle.js';
import { ATTACKED, harbor, outbreak, SOURCE, SPRAYED, TENANT } from './outbreak.js';

/** Both runs hear the same events at the same times, so that what follows has the same ids. */
const NOW = Date.now();

/** Hosts that are isolated in the end. */
export const CONTAINED = [SPRAYED, ...ATTACKED];

/** What came of it. */
export interface OutbreakRun {
  account: EventAccount;
  decided: DecisionsOfTenant;
  effects: string[];
}

const begin = async (installed: TestInstallation): Promise<Stage> => {
  const stage = await setStage(installed.up, () => undefined);
  await onboard(stage.admin, TENANT, harbor, installed.up.installation);
  await grant(stage.admin, 'ada@provider', 'ANALYST', [TENANT]);
  // One partition: the order of events is part of what is compared.
  await ensureTopics(installed.broker, [ingestTopicSpec(TENANT, SOURCE, { partitions: 1 })]);
  await addPartner(installed.up.stack, TENANT, SOURCE);
  return stage;
};

const untilContained = (stage: Stage, count: number): Promise<unknown> =>
  until(
    `${count} actions to be verified`,
    async () => {
      const { actions } = await stage.analyst.ask<{ actions: { edges: { node: { state: ActionState } }[] } }>(
        '{ actions(first: 100) { edges { node { state } } } }',
      );
      return actions.edges.filter(({ node }) => isSettled(node.state)).length >= count;
    },
    180_000,
  );

/** Sends the messages in as many parts as there are faults and one more; each fault strikes before its part is sent. */
const tell = async (
  { broker }: TestInstallation,
  faults: ((send: () => Promise<void>) => Promise<void>)[],
): Promise<void> => {
  const messages = outbreak(NOW);
  const publisher = broker.publisher();
  const size = Math.ceil(messages.length / (faults.length + 1));
  const send = async (part: number): Promise<void> =>
    publisher.send(
      messages
        .slice(part * size, (part + 1) * size)
        .map((value) => ({ topic: ingestTopic(TENANT, SOURCE), key: TENANT, value, headers: {} })),
    );
  await send(0);
  for (const [index, fault] of faults.entries()) await fault(() => send(index + 1));
  await publisher.close();
  expect(Object.values(await endOffsets(broker, ingestTopic(TENANT, SOURCE)))).toEqual([String(messages.length)]);
};

/** The outbreak in an installation, with these faults meanwhile, until all is contained and quiet. */
export const runOutbreak = async (
  installed: TestInstallation,
  faults: Parameters<typeof tell>[1],
): Promise<OutbreakRun> => {
  const stage = await begin(installed);
  await tell(installed, faults);
  await untilContained(stage, CONTAINED.length);
  await quiet(installed.broker);
  return {
    account: await accountOf(installed, TENANT, SOURCE),
    decided: await decisionsOf(installed, TENANT),
    effects: await effects(installed),
  };
};

/** How many services are killed at a time: each is away for up to 15 s, until the broker gives up the member it was. */
const AT_ONCE = 3;

/** kill -9 of each service, the broker and the store, each while a part is sent. */
export const kills = ({ up }: TestInstallation) => [
  ...Array.from({ length: Math.ceil(SERVICES.length / AT_ONCE) }, (_, index) =>
    SERVICES.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  ).map((names) => async (send: () => Promise<void>) => {
    await Promise.all(names.map((name) => up.kill(name)));
    await send();
    await Promise.all(names.map((name) => up.start(name)));
  }),
  async (send: () => Promise<void>) => {
    await up.stack.killBroker();
    await Promise.all([send(), up.stack.startBroker()]);
  },
  async (send: () => Promise<void>) => {
    await up.stack.killStore();
    await send();
    await up.stack.startStore();
  },
];
