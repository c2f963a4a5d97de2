import { toRecord, type InRecord, type OutRecord } from '#libs/events';
import type { Out } from '#libs/service';
import { enrich } from '../../services/enrichment/src/pipes/enrich.js';
import { IndicatorIndex } from '../../services/enrichment/src/domain/indicator/indicator-index.js';
import type { Attack } from './attack.js';

const TOPIC = 'vigie.telemetry.normalized';

const batchOf = (tenant: string, offset: number): InRecord => ({
  ...toRecord(
    { id: `b${offset}`, type: 'telemetry.normalized', source: 'collection', subject: 'edr', time: 1, tenant },
    { type: 'telemetry.normalized', source: 'edr', kind: 'WINDOWS', events: [] },
  ),
  topic: TOPIC,
  partition: 0,
  offset: String(offset),
  timestamp: 1,
});

/** @returns whose batches were enriched; what is made of a batch of `poison` fits no contract. */
const enrichedOf = async (...tenants: string[]): Promise<string[]> => {
  const sent: OutRecord[] = [];
  const out: Out = {
    send: async (records) => void sent.push(...records),
    record: (tenant, message, envelope) => {
      if (tenant === 'poison') throw new RangeError('nobody thought of this');
      return toRecord(
        { source: 'enrichment', subject: 'edr', time: 1, ...envelope, type: message.type, tenant },
        message,
      );
    },
    setAside: async () => undefined,
  };
  const pipe = enrich({
    settings: { get: () => undefined },
    indicators: new IndicatorIndex(),
    enrichers: [],
    failed: () => undefined,
  });
  const records = tenants.map((tenant, offset) => batchOf(tenant, offset));
  await pipe
    .handle({ topic: TOPIC, partition: 0, records, heartbeat: async () => undefined }, out)
    .catch(() => undefined);
  return sent.map(({ key }) => (key ?? '').split('/')[0] ?? '');
};

/**
 * One record at which a stage of the telemetry path throws, before those of everybody else: it would be tried again
 * until the stage dies.
 */
export const recordAStageFailsAt: Attack = {
  name: 'record-a-stage-fails-at',
  line: 13,
  control: async () => (await enrichedOf('acme', 'globex')).length === 2,
  attack: async () => ((await enrichedOf('poison', 'globex')).includes('globex') ? 'refused' : 'succeeded'),
  mutation: {
    file: 'libs/service/src/set-aside.ts',
    find: '    const { code, message } = asUnreadable(error);',
    replace: '    if (!(error instanceof Unreadable)) throw error;\n    const { code, message } = asUnreadable(error);',
  },
};
