import { deadLetterTopic, deleteTopics, ensureTopics, toRecord, type OutRecord } from '#libs/events';
import type { Envelope, Typed } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { ALFA, BRAVO, nothing, type Plant, type PlantScene } from './plant.js';

const send = async ({ installed: { broker } }: PlantScene, record: OutRecord): Promise<() => void> => {
  const publisher = broker.publisher();
  await publisher.send([record]).finally(() => publisher.close());
  return nothing;
};
const said = (tenant: string, message: Typed): OutRecord => {
  const envelope: Envelope = {
    id: `planted ${message.type}`,
    type: message.type,
    source: 'planted',
    subject: message.type,
    time: Date.now(),
    tenant,
  };
  return toRecord(envelope, message);
};
const note = (text: string): Typed =>
  ({
    type: 'case.note-added',
    caseId: 'planted',
    noteId: 'n',
    text,
    by: { subject: 'ada', side: 'PROVIDER' },
    at: 1,
  }) as Typed;

/** What is on Kafka stays, and services hear it. */
export const onKafka: readonly Plant[] = [
  {
    what: "topic: another's text",
    plant: (scene) => send(scene, said(ALFA.tenant, note(BRAVO.mark))),
    look: ({ all }) => all.kafka(),
    found: /^topic vigie\.case\.events: .*\(zalfa\) holds what is of zbravo/,
  },
  {
    what: "contract: another's text, within base64 within JSON",
    plant: (scene) =>
      send(
        scene,
        said(ALFA.tenant, note(JSON.stringify({ a: Buffer.from(`xx ${BRAVO.mark} xx`).toString('base64') }))),
      ),
    look: ({ all }) => all.kafka(),
    found: /^contract case\.note-added: .*\(zalfa\) holds what is of zbravo/,
  },
  {
    what: "contract: a tenant's fact under the operator",
    plant: (scene) => send(scene, said(OPERATOR, note('x'))),
    look: ({ all }) => all.kafka(),
    found: /^contract case\.note-added: .*stands under the operator/,
  },
  {
    what: "receipts: another's topic",
    found: /^receipts telemetry\.received: .*\(zalfa\) holds what is of zbravo/,
    look: ({ all }) => all.kafka(),
    plant: (scene) =>
      send(
        scene,
        said(ALFA.tenant, {
          type: 'telemetry.received',
          source: 'edr',
          topic: `ingest.${BRAVO.tenant}.edr`,
          partition: 7,
          fromOffset: 0,
          toOffset: 0,
          messages: 1,
          accepted: 1,
          dead: 0,
          unrecognised: 0,
          bytes: 1,
          lastOccurredAt: 1,
        } as Typed),
      ),
  },
  {
    what: "dead letters: another's bytes",
    plant: (scene) =>
      send(scene, {
        topic: deadLetterTopic('cases'),
        key: ALFA.tenant,
        value: Buffer.from(BRAVO.mark),
        headers: { dead_tenant: ALFA.tenant, dead_service: 'cases', dead_code: 'X' },
      }),
    look: ({ all }) => all.kafka(),
    found: /^dead letters vigie\.cases\.dead-letter: .*\(zalfa\) holds what is of zbravo/,
  },
  {
    what: "export: another's dead letter in a list",
    plant: async () => nothing,
    look: ({ all }) => all.letters(),
    found: /^export dead-letters list --tenant: zalfa \(zalfa\) holds what is of zbravo/,
  },
  {
    what: 'topic: one that nobody declared',
    found: /^topic planted: .*no line/,
    look: ({ all }) => all.kafka(),
    plant: async ({ installed: { broker } }) => {
      await ensureTopics(broker, [{ topic: 'planted', partitions: 1, config: {} }]);
      return () => deleteTopics(broker, ['planted']);
    },
  },
];
