import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { SearchedSurface } from '../surface.js';
import { healthUrlOf, logsOf } from '../walk.js';
import { ALFA, BRAVO, nothing, type Plant, type PlantScene } from './plant.js';

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

/** In what processes say of themselves. */
export const ofProcesses: readonly Plant[] = [
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
