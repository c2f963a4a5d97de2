import { ingestTopic } from '#libs/events';
import { until } from '#libs/testing';
import { setStage, table, type Stage } from '../../cli/src/index.js';
import { install, type TestInstallation } from '../support/installation.js';
import { quiet } from '../support/quiet.js';
import { effects, misbehave } from '../support/standins.js';
import { decisionsOf } from './oracle.js';
import { ATTACKED, attackOn, SOURCE, TENANT } from './outbreak.js';
import { CONTAINED, kills, runOutbreak, type OutbreakRun } from './outbreak-run.js';

let installed: TestInstallation | undefined;
const begin = async (): Promise<TestInstallation> => (installed = await install());

const end = async (): Promise<void> => {
  const left = await installed?.leave();
  installed = undefined;
  expect(left ?? []).toEqual([]);
};

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
    undisturbed = await runOutbreak(await begin(), []);
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
    const here = await begin();
    const disturbed = await runOutbreak(here, kills(here));
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
    (await decisionsOf(here, TENANT)).actions.find(({ target }) => target === host);

  const unverified = async ({ analyst }: Stage, host: string): Promise<string | undefined> => {
    const { actions } = await analyst.ask<{
      actions: { edges: { node: { target: { id: string }; unverified: string | null } }[] };
    }>('{ actions(first: 100) { edges { node { target { id } unverified } } } }');
    return actions.edges.find(({ node }) => node.target.id === host)?.node.unverified ?? undefined;
  };

  it("response killed between the vendor's deed and its answer: exactly one effect, and it is verified", async () => {
    const here = installed as TestInstallation;
    const host = 'wks-98.harbor.example';
    await misbehave(here, 'defender', 'slow', { times: 1_000 });
    await strike(here, host);
    await until('the deed', async () => (await effects(here)).includes(`Isolate ${host}`), 60_000);
    await here.up.kill('response');
    await misbehave(here, 'defender', 'honest');
    await here.up.start('response');
    await until('the verification', async () => (await actionOn(here, host))?.state === 'VERIFIED', 120_000);
    expect((await effects(here)).filter((effect) => effect === `Isolate ${host}`)).toHaveLength(1);
  }, 240_000);

  it('an EDR that says "isolated" of a host that still talks: not verified, and the case is not contained', async () => {
    const here = installed as TestInstallation;
    const host = 'wks-99.harbor.example';
    await misbehave(here, 'defender', 'lie');
    await strike(here, host);
    await until("the vendor's word", async () => (await actionOn(here, host))?.state === 'SUCCEEDED', 120_000);
    const stage = await setStage(here.up, () => undefined);
    await until('a look', async () => (await unverified(stage, host)) === 'VENDOR_LAG', 120_000);
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
    expect(lied).toMatchObject({ containedAt: null, phase: 'IDENTIFICATION', actions: [{ state: 'SUCCEEDED' }] });
  }, 240_000);
});
