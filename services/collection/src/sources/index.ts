import type { SourceKind } from '#contracts';
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
import type { Source } from './source.js';

/** Every telemetry source, sorted by name; a test keeps the list complete. */
export const sources: Source[] = [
  awsCloudtrail,
  azure,
  dns,
  firewall,
  gcpAudit,
  github,
  googleWorkspace,
  linux,
  lookout,
  m365,
  macos,
  mimecast,
  okta,
  suricata,
  webProxy,
  webServer,
  windows,
  zeek,
];

const byKind: ReadonlyMap<SourceKind, Source> = new Map(sources.map((source) => [source.kind, source]));

/** The source of a kind; undefined for UNKNOWN. */
export const sourceOf = (kind: SourceKind): Source | undefined => byKind.get(kind);
