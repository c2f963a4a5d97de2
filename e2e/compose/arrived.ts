import { endOffsets, ingestTopic } from '#libs/events';
import { adminBroker, everyNode, untilQuiet, type Stage } from '../../cli/src/index.js';
import { Fault, Refused } from '#libs/model';
import { until } from '#stack';
import { BY_HTTP, BY_KAFKA, EVENTS_A_MESSAGE, STEADY, type SteadyLoad } from './load.js';

/** Of the steady customer: what was acknowledged to its tools, and what there is of it. */
export interface ArrivedLoad {
  acknowledged: { events: number; attacks: number };
  /** On the partners' topics: more than acknowledged where a send had to be made again. */
  onKafka: { events: number };
  shown: { accepted: number; dead: number; attacked: number; inCases: number; cases: number };
  /** Attacked hosts that no finding speaks of. */
  missing: string[];
}

export const SHOWN = `query($tenant: ID!, $tenants: [ID!]) {
  intake(tenant: $tenant) { accepted dead }
  cases(tenants: $tenants, first: 1) { totalCount } }`;
export const FINDINGS = `query($tenants: [ID!], $after: String) {
  findings(tenants: $tenants, first: 100, after: $after) {
    edges { node { caseId entities { value } } } pageInfo { hasNextPage endCursor } } }`;

interface ShownCounts {
  intake: { accepted: number; dead: number }[];
  cases: { totalCount: number };
}

type ShownFinding = { caseId: string | null; entities: { value: string }[] };
const findingsOf = ({ analyst }: Stage): Promise<ShownFinding[]> =>
  everyNode(analyst, FINDINGS, { tenants: [STEADY] }, 'findings');

/**
 * Asks until it is answered: a broker on a busy machine may be between two leaders of a partition. What is refused
 * stays refused.
 */
const answered = <T>(ask: () => Promise<T>): Promise<T> => {
  const look = (): Promise<T> =>
    ask().catch((error: unknown) => {
      throw error instanceof Refused ? new Fault(error.message) : error;
    });
  return until('an answer', look, 5 * 60_000, { everyMs: 5_000, forgiving: true });
};

/** Waits until the services have nothing left to read, then counts. */
export const arrived = async (stage: Stage, { sent }: SteadyLoad): Promise<ArrivedLoad> => {
  const broker = adminBroker(stage.up.stack);
  try {
    await answered(() => untilQuiet(broker, { withinMs: 20 * 60_000 }).then(() => true));
    const ends = await answered(() =>
      Promise.all([BY_KAFKA, BY_HTTP].map((source) => endOffsets(broker, ingestTopic(STEADY, source)))),
    );
    const messages = ends.flatMap((end) => Object.values(end)).reduce((sum, end) => sum + Number(end), 0);
    const hosts = Object.values(sent).flatMap((one) => one.hosts);
    const look = async (): Promise<ArrivedLoad> => {
      const { intake, cases } = await stage.analyst.ask<ShownCounts>(SHOWN, { tenant: STEADY, tenants: [STEADY] });
      const findings = await findingsOf(stage);
      const named = new Set(findings.flatMap(({ entities }) => entities.map(({ value }) => value.toLowerCase())));
      const missing = hosts.filter((host) => !named.has(host));
      return {
        acknowledged: {
          events: EVENTS_A_MESSAGE * Object.values(sent).reduce((sum, one) => sum + one.messages, 0),
          attacks: hosts.length,
        },
        onKafka: { events: EVENTS_A_MESSAGE * messages },
        shown: {
          accepted: intake.reduce((sum, one) => sum + one.accepted, 0),
          dead: intake.reduce((sum, one) => sum + one.dead, 0),
          attacked: hosts.length - missing.length,
          inCases: findings.filter(({ caseId }) => caseId).length,
          cases: cases.totalCount,
        },
        missing,
      };
    };
    let last = await answered(look);
    // Receipts and views come a moment after the last message.
    const whole = async (): Promise<boolean> => {
      last = await look();
      return last.missing.length === 0 && last.shown.accepted >= last.onKafka.events;
    };
    const looking = { everyMs: 2_000, forgiving: true };
    await until('all that was sent to be shown', whole, 120_000, looking).catch(() => undefined);
    return last;
  } finally {
    await broker.close();
  }
};

/** @returns what is lost or too much, a sentence each; nothing when all is well. */
export const lossesOf = ({ acknowledged, onKafka, shown, missing }: ArrivedLoad): string[] => [
  ...(onKafka.events < acknowledged.events
    ? [`${acknowledged.events - onKafka.events} acknowledged events are not on Kafka`]
    : []),
  ...(shown.accepted !== onKafka.events ? [`${onKafka.events} events are on Kafka, ${shown.accepted} are shown`] : []),
  ...(shown.dead > 0 ? [`${shown.dead} events are dead letters`] : []),
  ...missing.map((host) => `the attack on ${host} is no finding`),
];
