import { awsCloudtrail } from './aws-cloudtrail/index.js';
import { azure } from './azure/index.js';
import { dns } from './dns/index.js';
import { firewall } from './firewall/index.js';
import { gcpAudit } from './gcp-audit/index.js';
import { github } from './github/index.js';
import { googleWorkspace } from './google-workspace/index.js';
import { linux } from './linux/index.js';
import { lookout } from './lookout/index.js';
import { m365 } from './m365/index.js';
import { macos } from './macos/index.js';
import { mimecast } from './mimecast/index.js';
import { okta } from './okta/index.js';
import { suricata } from './suricata/index.js';
import { webProxy } from './web-proxy/index.js';
import { webServer } from './web-server/index.js';
import { windows } from './windows/index.js';
import { zeek } from './zeek/index.js';
import type { Logsource, MappedSource, SourceMapping } from './source.js';

/** Every source, sorted by name; a test keeps the list complete. */
export const sources = {
  'aws-cloudtrail': awsCloudtrail,
  azure,
  dns,
  firewall,
  'gcp-audit': gcpAudit,
  github,
  'google-workspace': googleWorkspace,
  linux,
  lookout,
  m365,
  macos,
  mimecast,
  okta,
  suricata,
  'web-proxy': webProxy,
  'web-server': webServer,
  windows,
  zeek,
} satisfies Record<string, MappedSource>;

/** Kinds of events whose logsources and fields are known: the contract's kinds, in kebab-case. */
export type SourceKind = keyof typeof sources;

const entries = Object.entries(sources) as [SourceKind, MappedSource][];

export const builtIn = Object.fromEntries(entries.map(([kind, { mapping }]) => [kind, mapping])) as Readonly<
  Record<SourceKind, SourceMapping>
>;

/** Those that tell more of a rule first. */
const wanted = entries
  .flatMap(([kind, { rules }]) => rules.map((rule) => ({ kind, ...rule })))
  .sort((a, b) => Number(b.service !== undefined) - Number(a.service !== undefined));

/** The kind of events that a rule with this logsource, in lower case, is for: by its product, or else its category. */
export const kindFor = ({ product, category, service = '' }: Logsource): SourceKind | undefined =>
  wanted.find((one) =>
    product === undefined
      ? one.product === undefined && one.category === category
      : one.product === product && service.startsWith(one.service ?? ''),
  )?.kind;
