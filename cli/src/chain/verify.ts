import type { Broker } from '#libs/events';
import { Refused } from '#libs/model';
import type { CommitProblem, Store } from '#libs/store';
import { isScope } from '#libs/terms';
import { readFacts, type FactOnKafka } from './facts-on-kafka.js';
import type { CaseStreams } from './streams-of-case.js';
import { decidersOf, KEEPERS, type WithStore } from './stores.js';
import type { AnchorWitness } from './witnesses.js';

/** The first wrong places, at most. */
const MOST = 200;

export interface ChainProblem extends CommitProblem {
  service: string;
  tenant: string;
}
export interface ChainVerification {
  /** In the order looked at: the first is where to begin. */
  wrong: ChainProblem[];
  /** More than are listed. */
  more: number;
  streams: number;
  commits: number;
  anchors: number;
  snapshots: number;
  /** Files of archived commits. */
  archived: number;
  /** Epoch ms. */
  lastAnchorAt?: number;
  /** Facts on Kafka that were compared; absent when it was not asked. */
  compared?: number;
}
export interface ChainVerificationInput {
  withStore: WithStore;
  /** Absent: Kafka is not asked. */
  broker?: Broker;
  witnesses: readonly AnchorWitness[];
  tenant?: string;
  only?: CaseStreams;
  say(line: string): void;
}

const add = (to: ChainVerification, found: readonly ChainProblem[], more = 0): void => {
  const room = Math.max(0, MOST - to.wrong.length);
  to.wrong.push(...found.slice(0, room));
  to.more += more + Math.max(0, found.length - room);
};

const tenantsOf = async (
  store: Store,
  { tenant, only, witnesses }: ChainVerificationInput,
  service: string,
): Promise<string[]> => {
  const one = only?.tenant ?? tenant;
  if (one !== undefined) return [one];
  const found = new Set<string>();
  for await (const name of store.chain.tenants()) found.add(name);
  // Whose facts are all gone may still be known to others.
  for (const witness of witnesses) if (witness.service === service) found.add(witness.tenant);
  return [...found].sort();
};

const verifyService = async (
  store: Store,
  service: string,
  input: ChainVerificationInput,
  sum: ChainVerification,
): Promise<void> => {
  const { only, witnesses, say } = input;
  for (const tenant of await tenantsOf(store, input, service)) {
    if (!isScope(tenant)) {
      add(sum, [
        { service, tenant, streamId: '', version: 0, problem: "commits are kept under a name that is no tenant's" },
      ]);
      continue;
    }
    const report = await store.chain.verify(tenant, {
      streams: only?.streams[service],
      deciders: decidersOf(service),
      witnesses: witnesses.filter((one) => one.service === service && one.tenant === tenant),
      progress: ({ streams, commits }) => say(`${service} ${tenant}: ${streams} streams, ${commits} commits so far`),
    });
    add(
      sum,
      report.problems.map((problem) => ({ service, tenant, ...problem })),
      report.more,
    );
    sum.streams += report.streams;
    sum.commits += report.commits;
    sum.anchors += report.anchors;
    sum.snapshots += report.snapshots;
    sum.archived += report.archived;
    if (report.lastAnchorAt !== undefined) sum.lastAnchorAt = Math.max(sum.lastAnchorAt ?? 0, report.lastAnchorAt);
  }
};

/** What Kafka carries against the stores, each fact in the store of the service that said it. */
const compare = async (
  broker: Broker,
  { withStore, tenant, only, say }: ChainVerificationInput,
  sum: ChainVerification,
): Promise<void> => {
  const wanted = only && new Set(Object.values(only.streams).flat());
  const concerns = ({ envelope }: FactOnKafka): boolean =>
    KEEPERS.includes(envelope.source) &&
    isScope(envelope.tenant) &&
    (tenant === undefined || envelope.tenant === tenant) &&
    (wanted?.has(envelope.subject) ?? true);
  const held = new Map<string, FactOnKafka[]>();
  let waiting = 0;
  const told = new Set(sum.wrong.map(({ service, streamId }) => `${service} ${streamId}`));
  const flush = async (): Promise<void> => {
    for (const service of KEEPERS) {
      const groups = [...held].filter(([key]) => key.startsWith(`${service} `));
      if (groups.length === 0) continue;
      await withStore(service, async (store) => {
        for (const [key, carried] of groups) {
          const of = key.slice(service.length + 1);
          // What is wrong with a stream was told already, or is told once.
          const fresh = (await store.chain.compare(of, carried)).filter(
            ({ streamId }) => !told.has(`${service} ${streamId}`) && told.add(`${service} ${streamId}`),
          );
          add(
            sum,
            fresh.map((problem) => ({ service, tenant: of, ...problem })),
          );
        }
      });
    }
    sum.compared = (sum.compared ?? 0) + waiting;
    held.clear();
    waiting = 0;
  };
  await readFacts(broker, async (carried) => {
    for (const one of carried.filter(concerns)) {
      const key = `${one.envelope.source} ${one.envelope.tenant}`;
      held.set(key, [...(held.get(key) ?? []), one]);
      waiting += 1;
    }
    if (waiting < 5_000) return;
    await flush();
    say(`Kafka: ${sum.compared} facts compared so far`);
  });
  await flush();
};

/**
 * Checks every chain and every anchor of all services, or of one tenant or case, then what Kafka carries against them.
 * @throws Refused NO_TENANT for a tenant nobody knows: that nothing was changed would say too much of it.
 */
export const verifyChains = async (input: ChainVerificationInput): Promise<ChainVerification> => {
  const sum: ChainVerification = { wrong: [], more: 0, streams: 0, commits: 0, anchors: 0, snapshots: 0, archived: 0 };
  for (const service of input.only ? Object.keys(input.only.streams) : KEEPERS) {
    input.say(`${service}: checking the chains`);
    await input.withStore(service, (store) => verifyService(store, service, input, sum));
  }
  if (input.broker) {
    input.say('Kafka: comparing what it carries');
    await compare(input.broker, input, sum);
  }
  const { tenant } = input;
  if (tenant !== undefined && sum.wrong.length + sum.streams + sum.anchors + (sum.compared ?? 0) === 0) {
    throw new Refused(
      `no service keeps anything of a tenant ${tenant}, nor does Kafka or a file of anchors`,
      'NO_TENANT',
    );
  }
  return sum;
};
