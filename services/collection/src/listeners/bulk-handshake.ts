/**
 * What clients ask Elasticsearch before they send, and shippers that would set up an index first. Here an index is a
 * source and there is nothing to set up: whatever they look for is there, and what they would put is not kept.
 */

/** Old enough for every client, new enough for every shipper: they refuse what is older than they are. */
const VERSION = '8.19.0';

const ABOUT = {
  name: 'vigie',
  cluster_name: 'vigie',
  cluster_uuid: 'vigie-collection-000000',
  version: {
    number: VERSION,
    build_flavor: 'default',
    build_type: 'docker',
    build_hash: 'vigie',
    build_date: '2025-01-01T00:00:00.000Z',
    build_snapshot: false,
    lucene_version: '9.12.0',
    minimum_wire_compatibility_version: '7.17.0',
    minimum_index_compatibility_version: '7.0.0',
  },
  tagline: 'You Know, for Search',
};
const LICENSE = { uid: 'vigie', type: 'basic', mode: 'basic', status: 'active' };
const XPACK = {
  build: { hash: 'vigie', date: ABOUT.version.build_date },
  license: LICENSE,
  features: { ilm: { available: true, enabled: true }, security: { available: true, enabled: true } },
};
const HEALTH = {
  cluster_name: 'vigie',
  status: 'green',
  timed_out: false,
  number_of_nodes: 1,
  number_of_data_nodes: 1,
};

type ThingMade = (name: string) => object;
const policy: ThingMade = (name) => ({
  [name]: { version: 1, modified_date: ABOUT.version.build_date, policy: { phases: {} } },
});
const template: ThingMade = (name) => ({
  index_templates: [{ name, index_template: { index_patterns: [`${name}*`], data_stream: {} } }],
});
const component: ThingMade = (name) => ({ component_templates: [{ name, component_template: { template: {} } }] });
const dataStream: ThingMade = (name) => ({
  data_streams: [{ name, timestamp_field: { name: '@timestamp' }, indices: [], generation: 1, status: 'GREEN' }],
});
const alias: ThingMade = (name) => ({ [`${name}-000001`]: { aliases: { [name]: { is_write_index: true } } } });
const named: ThingMade = (name) => ({ [name]: {} });

/** By what the path begins with: what stands there under any name. */
const THINGS: readonly [path: RegExp, made: ThingMade][] = [
  [/^\/_ilm\/policy\/([^/]+)$/, policy],
  [/^\/_index_template\/([^/]+)$/, template],
  [/^\/_component_template\/([^/]+)$/, component],
  [/^\/_template\/([^/]+)$/, named],
  [/^\/_ingest\/pipeline\/([^/]+)$/, named],
  [/^\/_data_stream\/([^/]+)(?:\/_lifecycle)?$/, dataStream],
  [/^\/_alias\/([^/]+)$/, alias],
  [/^\/(?![_.])([^/]+)(?:\/_(?:alias|mapping|settings)(?:\/[^/]+)?)?$/, named],
];

const PAGES: Record<string, object> = {
  '/': ABOUT,
  '/_license': { license: LICENSE },
  '/_xpack': XPACK,
  '/_cluster/health': HEALTH,
  // Whoever looks for other nodes stays with those that he knows.
  '/_nodes/http': { cluster_name: 'vigie', nodes: {} },
};

/** What is answered to a method and path of Elasticsearch's, but for `_bulk`; undefined for what has none. */
export const handshakeOf = (method: string, pathname: string): object | undefined => {
  const isAsked = method === 'GET' || method === 'HEAD';
  const page = PAGES[pathname];
  if (page) return isAsked ? page : undefined;
  for (const [path, made] of THINGS) {
    const [, name] = path.exec(pathname) ?? [];
    if (name === undefined) continue;
    // An index is asked for and made; everything else of it belongs to searches.
    if (isAsked) return made(name);
    if (method === 'PUT') return { acknowledged: true, shards_acknowledged: true, index: name };
  }
  return undefined;
};
