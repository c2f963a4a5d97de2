import { metricScopes } from './scopes.js';
import { MARKED, type SurfacePiece, type SearchedSurface } from './surface.js';

const declared = (name: string): readonly string[] | undefined =>
  metricScopes[name] ??
  metricScopes[name.replace(/_(bucket|sum|count)$/, '')] ??
  Object.entries(metricScopes).find(([known]) => known.endsWith('*') && name.startsWith(known.slice(0, -1)))?.[1];
/** `le` is that of every histogram, `service` of every figure. */
const ALWAYS = ['le', 'service'];

const problemOf = (line: string, secrets: readonly string[]): string | undefined => {
  const [, name = '', labels = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s/.exec(line) ?? [];
  const known = declared(name);
  if (!known) return `the figure ${name} has no line in e2e/isolation/scopes.ts`;
  const extra = [...labels.matchAll(/(\w+)="/g)]
    .map(([, label = '']) => label)
    .filter((label) => !known.includes(label) && !ALWAYS.includes(label));
  if (extra.length) return `the figure ${name} has a label that its line does not name: ${extra.join()}`;
  if (MARKED.some(({ tenant }) => labels.includes(tenant))) return `the figure ${name} names a tenant`;
  return secrets.some((secret) => line.includes(secret)) ? 'holds a secret' : undefined;
};

const get = async (url: string): Promise<string> => (await fetch(url, { signal: AbortSignal.timeout(10_000) })).text();

/**
 * What a service tells whoever runs it: its figures and its health, with nothing of any tenant.
 * @param url of its health port.
 */
export const probeSurfaces = async (
  service: string,
  url: string,
  secrets: readonly string[],
): Promise<SearchedSurface[]> => {
  const metrics = (await get(`${url}/metrics`)).split('\n').filter((line) => line && !line.startsWith('#'));
  const [live, ready] = [await get(`${url}/health/live`), await get(`${url}/health/ready`)];
  const bodies: [string, string][] = [
    ['/health/live', live],
    ['/health/ready', ready],
  ];
  return [
    {
      kind: 'metrics',
      name: `${service} /metrics`,
      pieces: metrics.map(
        (line, index): SurfacePiece => ({
          where: `line ${index + 1}`,
          scope: 'NOBODY',
          content: line,
          wrong: problemOf(line, secrets),
        }),
      ),
    },
    ...bodies.map(
      ([path, body]): SearchedSurface => ({
        kind: 'health',
        name: `${service} ${path}`,
        pieces: [{ where: path, scope: 'NOBODY', mayName: false, content: body }],
      }),
    ),
  ];
};
