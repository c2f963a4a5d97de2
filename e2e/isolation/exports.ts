import { catalogue } from '#contracts';
import { CASE_FIELDS } from '../../cli/src/index.js';
import type { Cast } from './cast.js';
import type { SurfacePiece, SearchedSurface } from './surface.js';

interface ExportedReports {
  number: string;
  reports: { pdfUrl: string; figures: string }[];
}

/** What a tenant's report and case are, as those who may see them export them. */
const exportsOf = async ({ lead, marked: { tenant } }: Cast): Promise<ExportedReports & { shown: unknown }> => {
  const { reports } = await lead.ask<{ reports: { edges: { node: ExportedReports['reports'][number] }[] } }>(
    '{ reports { edges { node { pdfUrl figures } } } }',
  );
  const number = `${tenant.toUpperCase()}-1001`;
  return {
    number,
    reports: reports.edges.map(({ node }) => node),
    shown: await lead.ask(`query($number: String!) { caseByNumber(number: $number) { ${CASE_FIELDS} } }`, { number }),
  };
};

const fetched = async (url: string, token: string): Promise<{ status: number; bytes: Buffer }> => {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
};

/** A report's pages for everybody of the cast: there for the tenant's own people, and for nobody else. */
const pagesFor = (gateway: string, pdfUrl: string, whose: Cast, casts: readonly Cast[]): Promise<SurfacePiece[]> =>
  Promise.all(
    casts.flatMap((who) =>
      [who.leadToken, who.adminToken].map(async (token): Promise<SurfacePiece> => {
        const { status, bytes } = await fetched(new URL(pdfUrl, gateway).href, token);
        const right = status === (who === whose ? 200 : 404);
        return {
          where: `${pdfUrl} for ${who.marked.tenant}`,
          scope: { tenant: who.marked.tenant },
          content: bytes,
          mayName: who !== whose,
          wrong: right ? undefined : `was answered ${status}`,
        };
      }),
    ),
  );

/**
 * Reports as PDF and as data, asked by each tenant's people for their own and for the other's; `case show`, `report
 * make --json`.
 */
export const reportSurfaces = async (gateway: string, casts: readonly Cast[]): Promise<SearchedSurface[]> => {
  const pdf: SurfacePiece[] = [];
  const figures: SurfacePiece[] = [];
  const shown: SurfacePiece[] = [];
  for (const whose of casts) {
    const made = await exportsOf(whose);
    const scope = { tenant: whose.marked.tenant };
    shown.push({ where: made.number, scope, content: made.shown });
    for (const { pdfUrl, figures: content } of made.reports) {
      figures.push({ where: pdfUrl, scope, content });
      pdf.push(...(await pagesFor(gateway, pdfUrl, whose, casts)));
    }
  }
  return [
    { kind: 'report', name: 'gateway /reports/:id.pdf', pieces: pdf },
    { kind: 'report', name: 'report make --json', pieces: figures },
    { kind: 'export', name: 'case show --json', pieces: shown },
  ];
};

/** Where tools post. */
const INGEST_PATHS = [
  '/services/collector',
  '/services/collector/ack',
  '/services/collector/event',
  '/services/collector/raw',
  '/v1/ingest/:source',
  '/v1/logs',
];

/**
 * Routes that tell nothing of anybody, and those where tools post: what they answer to one tenant is not of the other.
 */
export const routeSurfaces = async (
  gateway: string,
  ingest: string,
  casts: readonly Cast[],
): Promise<SearchedSurface[]> => {
  const open: [string, string[]][] = [
    ['gateway /', [gateway]],
    ['gateway /schemas/ids/:id', catalogue.map(({ id }) => `${gateway}/schemas/ids/${id}`)],
    ['collection /services/collector/health', [`${ingest}/services/collector/health`]],
  ];
  const nobodys = open.map(
    async ([name, urls]): Promise<SearchedSurface> => ({
      kind: 'http',
      name,
      pieces: await Promise.all(
        urls.map(
          async (url): Promise<SurfacePiece> => ({
            where: url,
            scope: 'NOBODY',
            mayName: false,
            content: (await fetched(url, '')).bytes,
          }),
        ),
      ),
    }),
  );
  const posts = INGEST_PATHS.map(
    async (path): Promise<SearchedSurface> => ({
      kind: 'http',
      name: `collection ${path}`,
      pieces: await Promise.all(
        casts.flatMap(({ partnerToken, marked: { tenant } }) =>
          ['edr', 'other'].map(async (source): Promise<SurfacePiece> => {
            const url = `${ingest}${path.replace(':source', source)}${path.includes(':') ? '' : `?source=${source}`}`;
            const response = await fetch(url, {
              method: 'POST',
              headers: { authorization: `Bearer ${partnerToken}`, 'content-type': 'application/json' },
              body: '',
              signal: AbortSignal.timeout(30_000),
            });
            return { where: `${url} for ${tenant}`, scope: { tenant }, content: await response.text() };
          }),
        ),
      ),
    }),
  );
  return Promise.all([...nobodys, ...posts]);
};
