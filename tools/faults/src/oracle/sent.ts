import { ingestTopic, type Broker } from '#libs/events';
import { eachOf } from '../../../../cli/src/index.js';
import { eventIdOf } from '../../../../services/collection/src/ingest/topic.js';
import { isNeedleHost, SOURCE } from '../load/telemetry.js';
import { coordinatesOf } from './coordinates.js';

/** A line that Kafka has acknowledged, by where it lies: that, and not what was sent, has to arrive. */
export interface SentLine {
  tenant: string;
  /** Topic, partition, offset and index: for people, and for the order. */
  at: string;
  partition: number;
  offset: bigint;
  index: number;
  isGood: boolean;
  /** Of a needle, its host. */
  needle?: string;
}

export interface Sent {
  /** By the id its event has. */
  lines: Map<string, SentLine>;
  /** First offset that no record has, by `<topic>/<partition>`. */
  ends: Map<string, number>;
}

const isJson = (line: string): boolean => {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
};

/** Everything that lies on the partners' topics. */
export const sentBy = async (broker: Broker, tenants: readonly string[]): Promise<Sent> => {
  const sent: Sent = { lines: new Map(), ends: new Map() };
  const tenantOf = new Map(tenants.map((tenant) => [ingestTopic(tenant, SOURCE), tenant]));
  await eachOf(broker, [...tenantOf.keys()], (record) => {
    const { topic, partition, offset, key } = record;
    sent.ends.set(`${topic}/${partition}`, Number(offset) + 1);
    for (const [index, line] of record.value.toString('utf8').split('\n').entries()) {
      sent.lines.set(eventIdOf(record, index), {
        ...{ tenant: tenantOf.get(topic) ?? '', at: `${coordinatesOf(record)}#${index}` },
        ...{ partition, offset: BigInt(offset), index, isGood: isJson(line) },
        ...(isNeedleHost(key ?? '') ? { needle: key ?? '' } : {}),
      });
    }
  });
  return sent;
};

/** Ids of the good ones. */
export const goodOf = ({ lines }: Sent): string[] => [...lines].flatMap(([id, { isGood }]) => (isGood ? [id] : []));
