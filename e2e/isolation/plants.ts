import { appendFileSync, copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { deadLetterTopic, deleteTopics, ensureTopics, toRecord, type OutRecord } from '#libs/events';
import type { Envelope, Typed } from '#libs/model';
import { everything, plant as plantDocument, replant } from '../../libs/store/test/everything.js';
import type { TestInstallation } from '../support/installation.js';
import type { Cast } from './story.js';
import { MARKED, type SearchedSurface } from './surface.js';
import { anyFileIn, healthUrlOf, lakeOf, logsOf, type SurfaceLooks } from './walk.js';

interface PlantScene {
  installed: TestInstallation;
  casts: readonly Cast[];
  all: SurfaceLooks;
}

/** A leak put where it must be found. */
export interface Plant {
  what: string;
  /** @returns how to take it away. */
  plant(scene: PlantScene): Promise<() => Promise<void> | void>;
  look(scene: PlantScene): Promise<SearchedSurface[]>;
  found: RegExp;
}

const [ALFA, BRAVO] = MARKED;
const nothing = (): void => undefined;
const alfas = (tail: string): string => join(`tenant=${ALFA.tenant}`, tail);

/** Bravo's document of a view, filed under alfa. */
const filedWrong = async (
  {
    installed: {
      up: { stack },
    },
  }: PlantScene,
  view: string,
): Promise<() => Promise<void>> => {
  const found = (await everything(stack.mongoUrl)).find(
    ({ service, collection }) => service === 'gateway' && collection === `view.${view}`,
  );
  const document = found?.documents.find(
    ({ tenant, doc }) => tenant === BRAVO.tenant && (view !== 'cases' || JSON.stringify(doc).includes(BRAVO.mark)),
  );
  if (!document) throw new Error(`${BRAVO.tenant} has nothing in ${view}`);
  return plantDocument(stack.mongoUrl, 'gateway', `view.${view}`, {
    ...document,
    _id: `${ALFA.tenant}/planted-${view}`,
    tenant: ALFA.tenant,
  });
};

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

/** Answers as a service does, with something of its own added. */
const besides = async (
  url: string,
  added: string,
  look: (url: string) => Promise<SearchedSurface[]>,
): Promise<SearchedSurface[]> => {
  const server = createServer(
    (request, response) =>
      void fetch(url + (request.url ?? ''))
        .then(async (answer) => response.end(`${await answer.text()}${added}`))
        .catch(() => response.destroy()),
  );
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  try {
    return await look(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

const lake = (what: string, place: (from: string) => string, found: RegExp): Plant => ({
  what,
  found,
  plant: async ({ installed }) => {
    const from = anyFileIn(join(lakeOf(installed), `tenant=${BRAVO.tenant}`));
    const to = join(lakeOf(installed), place(from));
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(from, to);
    return () => rmSync(to.includes('elsewhere') ? dirname(to) : to, { recursive: true });
  },
  look: ({ all }) => all.lake(),
});

const log = (what: string, line: (scene: PlantScene) => string, found: RegExp): Plant => ({
  what,
  found,
  plant: async (scene) => {
    const path = join(logsOf(scene.installed), 'cases.log');
    const before = readFileSync(path).length;
    appendFileSync(path, `${line(scene)}\n`);
    return () => truncateSync(path, before);
  },
  look: ({ all }) => all.logs(),
});

const probe = (what: string, added: string, found: RegExp): Plant => ({
  what,
  found,
  plant: async () => nothing,
  look: ({ all, installed }) => besides(healthUrlOf(installed, 'cases'), added, (url) => all.probes('cases', url)),
});

const stored: Plant[] = [
  {
    what: "collection: a document under another's name",
    plant: (scene) => filedWrong(scene, 'findings'),
    look: ({ all }) => all.collections(),
    found: /^collection gateway view\.findings: .*\(zalfa\) holds what is of zbravo/,
  },
  {
    what: 'collection: one that nobody declared',
    found: /^collection cases view\.planted: .*no line/,
    look: ({ all }) => all.collections(),
    plant: ({
      installed: {
        up: { stack },
      },
    }) => plantDocument(stack.mongoUrl, 'cases', 'view.planted', { _id: 'x', tenant: ALFA.tenant }),
  },
  {
    what: "graphql: another's case in a list",
    plant: (scene) => filedWrong(scene, 'cases'),
    look: ({ all }) => all.graphql(),
    found: /^graphql analyst Query\.cases: .*\(zalfa\) holds what is of zbravo/,
  },
  {
    what: "report: another's pages",
    look: ({ all }) => all.reports(),
    found: /^report gateway \/reports\/:id\.pdf: .*\(zalfa\) holds what is of zbravo/,
    plant: async ({
      installed: {
        up: { stack },
      },
    }) => {
      const pdfs =
        (await everything(stack.mongoUrl)).find(
          ({ service, collection }) => service === 'gateway' && collection === 'view.report-pdfs',
        )?.documents ?? [];
      const [mine, other] = [ALFA, BRAVO].map(({ tenant }) => pdfs.find((one) => one.tenant === tenant));
      if (!mine || !other) throw new Error('there are no reports');
      return replant(stack.mongoUrl, 'gateway', 'view.report-pdfs', String(mine._id), { doc: other.doc });
    },
  },
];

const onKafka: Plant[] = [
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
    plant: (scene) => send(scene, said('_operator', note('x'))),
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

const ofProcesses: Plant[] = [
  log("log: a tenant's text", () => `{"level":30,"msg":"${BRAVO.mark}"}`, /^log cases\.log: .*holds what is of zbravo/),
  log(
    'log: a secret',
    ({ casts }) => `{"password":"${casts[0]?.partner.password}"}`,
    /^log cases\.log: .*holds a secret/,
  ),
  probe(
    'metrics: a label with a tenant',
    `vigie_messages_heard_total{loop="x",topic="ingest.${ALFA.tenant}.edr"} 1\n`,
    /^metrics cases \/metrics: .*names a tenant/,
  ),
  probe(
    'metrics: a label that nobody declared',
    'vigie_messages_heard_total{loop="x",customer="1"} 1\n',
    /^metrics cases \/metrics: .*a label that its line does not name: customer/,
  ),
  probe(
    'metrics: a figure that nobody declared',
    'vigie_planted_total 1\n',
    /^metrics cases \/metrics: .*vigie_planted_total has no line/,
  ),
  probe('health: a tenant', `{"tenant":"${ALFA.tenant}"}`, /^health cases \/health\/ready: .*holds what is of zalfa/),
  {
    what: "http: a tenant's text where everybody may look",
    plant: async () => nothing,
    found: /^http gateway \/schemas\/ids\/:id: .*holds what is of zbravo/,
    look: ({
      all,
      installed: {
        up: {
          installation: { urls },
        },
      },
    }) => besides(urls.gateway ?? '', BRAVO.mark, (url) => all.routes(url)),
  },
];

/** Leaks that can be taken away again. */
export const plants: readonly Plant[] = [
  ...stored,
  lake(
    "lake: a file in another's folder",
    (from) => alfas(join('day=2026-01-01', from.split('/').pop() ?? '')),
    /^lake tenant=zalfa: .*holds what is of zbravo/,
  ),
  lake(
    'lake: a file in no folder of a tenant',
    () => join('elsewhere', 'x.parquet'),
    /^lake elsewhere: .*lies in no folder of a tenant/,
  ),
  ...ofProcesses,
];

/** What is on Kafka stays, and services hear it: these come last. */
export const lastPlants: readonly Plant[] = onKafka;
