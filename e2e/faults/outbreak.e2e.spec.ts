import { endOffsets, ensureTopics, ingestTopic, ingestTopicSpec } from '#libs/events';
import { until } from '#libs/testing';
import { addPartner, grant, onboard, SERVICES, setStage, type Stage, table } from '../../cli/src/index.js';
import { install, type TestInstallation } from '../support/installation.js';
import { accountOf, decided, type EventAccount, type DecisionsOfTenant } from './oracle.js';
import { ATTACKED, attackOn, harbor, outbreak, SOURCE, SPRAYED, TENANT } from './outbreak.js';
import { quiet } from '../support/quiet.js';
import { effects, misbehave } from '../support/standins.js';

/** Both runs hear the same events at the same times, so that what follows has the same ids. */
const NOW = Date.now();

const CONTAINED = [SPRAYED, ...ATTACKED];

interface OutbreakRun {
  account: EventAccount;
  decided: DecisionsOfTenant;
  effects: string[];
}

let installed: TestInstallation | undefined;

const begin = async (): Promise<Stage> => {
  installed = await install();
  const stage = await setStage(installed.up, () => undefined);
  await onboard(stage.admin, TENANT, harbor, installed.up.installation);
  await grant(stage.admin, 'ada@provider', 'ANALYST', [TENANT]);
  // One partition: the order of events is part of what is compared.
  await ensureTopics(installed.broker, [ingestTopicSpec(TENANT, SOURCE, { partitions: 1 })]);
  await addPartner(installed.up.stack, TENANT, SOURCE);
  return stage;
};

const end = async (): Promise<void> => {
  const left = await installed?.leave();
  installed = undefined;
  expect(left ?? []).toEqual([]);
};

const SETTLED = ['VERIFIED', 'VERIFY_FAILED', 'FAILED'];

const untilContained = (stage: Stage, count: number): Promise<unknown> =>
  until(
    `${count} actions to be verified`,
    async () => {
      const { actions } = await stage.analyst.ask<{ actions: { edges: { node: { state: string } }[] } }>(
        '{ actions(first: 100) { edges { node { state } } } }',
      );
      return actions.edges.filter(({ node }) => SETTLED.includes(node.state)).length >= count;
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

const run = async (faultsOf: (installed: TestInstallation) => Parameters<typeof tell>[1]): Promise<OutbreakRun> => {
  const stage = await begin();
  const here = installed as TestInstallation;
  await tell(here, faultsOf(here));
  await untilContained(stage, CONTAINED.length);
  await quiet(here.broker);
  return {
    account: await accountOf(here, TENANT, SOURCE),
    decided: await decided(here, TENANT),
    effects: await effects(here),
  };
};

/** How many services are killed at a time: each is away for up to 15 s, until the broker gives up the member it was. */
const AT_ONCE = 3;

const kills = ({ up }: TestInstallation) => [
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

const countsOf = ({
  account: { acknowledged, lake, dead },
  decided: { findings, cases, actions },
  effects: done,
}: OutbreakRun): number[] => [
  acknowledged.length,
  lake.length,
  dead.length,
  findings.length,
  cases.length,
  actions.length,
  done.length,
];

/** The oracle's table: what both runs counted. */
const print = (...runs: [OutbreakRun, OutbreakRun]): void =>
  void process.stderr.write(
    `${table(
      ['run', 'acknowledged', 'in the lake', 'dead letters', 'findings', 'cases', 'actions', 'effects'],
      runs.map((one, index) => [index === 0 ? 'undisturbed' : 'with kills', ...countsOf(one)]),
    )}\n`,
  );

let undisturbed: OutbreakRun;

describe('nothing lost, nothing twice', () => {
  afterAll(end, 60_000);

  it('undisturbed: every acknowledged event lies in the lake or among the dead letters, every attack ends in one isolation, what only many events tell too', async () => {
    undisturbed = await run(() => []);
    const {
      account: { acknowledged, lake, dead },
      decided: { findings, cases, actions },
    } = undisturbed;
    expect([...lake, ...dead].sort()).toEqual(acknowledged);
    expect(dead.length).toBeGreaterThan(0);
    expect([findings.length, cases.length, actions.length]).toEqual([
      2 * ATTACKED.length + 1,
      CONTAINED.length,
      CONTAINED.length,
    ]);
    expect([...undisturbed.effects].sort()).toEqual(CONTAINED.map((host) => `Isolate ${host}`));
    await end();
  }, 300_000);

  it('with kill -9 of each service, the broker and the store meanwhile: the same, by id', async () => {
    const disturbed = await run(kills);
    print(undisturbed, disturbed);
    const {
      account: { acknowledged, lake, dead },
    } = disturbed;
    expect([...lake, ...dead].sort()).toEqual(acknowledged);
    expect([acknowledged.length, dead.length]).toEqual([
      undisturbed.account.acknowledged.length,
      undisturbed.account.dead.length,
    ]);
    expect(disturbed.decided).toEqual(undisturbed.decided);
    expect([...disturbed.effects].sort()).toEqual([...undisturbed.effects].sort());
  }, 480_000);

  const strike = async ({ broker }: TestInstallation, host: string): Promise<void> => {
    const publisher = broker.publisher();
    const value = Buffer.from(
      attackOn(host, Date.now() - 60_000)
        .map(({ event }) => JSON.stringify(event))
        .join('\n'),
    );
    await publisher.send([{ topic: ingestTopic(TENANT, SOURCE), key: TENANT, value, headers: {} }]);
    await publisher.close();
  };
  const actionOn = async (here: TestInstallation, host: string) =>
    (await decided(here, TENANT)).actions.find(({ target }) => target === host);

  it("response killed between the vendor's deed and its answer: exactly one effect, and it is verified", async () => {
    const here = installed as TestInstallation;
    const host = 'wks-98.harbor.example';
    await misbehave(here, 'edr', 'slow', { times: 1_000 });
    await strike(here, host);
    await until('the deed', async () => (await effects(here)).includes(`Isolate ${host}`), 60_000);
    await here.up.kill('response');
    await misbehave(here, 'edr', 'honest');
    await here.up.start('response');
    await until('the verification', async () => (await actionOn(here, host))?.state === 'VERIFIED', 120_000);
    expect((await effects(here)).filter((effect) => effect === `Isolate ${host}`)).toHaveLength(1);
  }, 240_000);

  it('an EDR that says "isolated" of a host that still talks: VERIFY_FAILED, and the case is not contained', async () => {
    const here = installed as TestInstallation;
    const host = 'wks-99.harbor.example';
    await misbehave(here, 'edr', 'lie');
    await strike(here, host);
    await until('the verification', async () => (await actionOn(here, host))?.state === 'VERIFY_FAILED', 120_000);
    const stage = await setStage(here.up, () => undefined);
    await quiet(here.broker);
    const { cases } = await stage.analyst.ask<{
      cases: {
        edges: {
          node: { containedAt?: string; phase: string; actions: { state: string }[]; entities: { value: string }[] };
        }[];
      };
    }>('{ cases(first: 50) { edges { node { containedAt phase actions { state } entities { value } } } } }');
    const [lied] = cases.edges
      .map(({ node }) => node)
      .filter(({ entities }) => entities.some(({ value }) => value === host));
    expect(lied).toMatchObject({ containedAt: null, phase: 'IDENTIFICATION', actions: [{ state: 'VERIFY_FAILED' }] });
  }, 240_000);
});
