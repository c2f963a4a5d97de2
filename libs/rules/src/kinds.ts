import type { SourceKind } from '#contracts';
import type { SourceKind as EngineKind } from '#libs/sigma';

/** What is to us the kind of source that the rules' engine calls so. */
export const SOURCE_KINDS: Record<EngineKind, SourceKind> = {
  windows: 'WINDOWS',
  'aws-cloudtrail': 'AWS_CLOUDTRAIL',
  okta: 'OKTA',
  suricata: 'SURICATA',
  azure: 'AZURE',
  'gcp-audit': 'GCP_AUDIT',
  m365: 'M365',
  'google-workspace': 'GOOGLE_WORKSPACE',
  github: 'GITHUB',
  linux: 'LINUX',
  macos: 'MACOS',
  zeek: 'ZEEK',
  'web-proxy': 'WEB_PROXY',
  dns: 'DNS',
  firewall: 'FIREWALL',
  'web-server': 'WEB_SERVER',
  mimecast: 'MIMECAST',
  lookout: 'LOOKOUT',
};

const ENGINE_KINDS: ReadonlyMap<string, EngineKind> = new Map(
  Object.entries(SOURCE_KINDS).map(([kind, source]) => [source, kind as EngineKind]),
);

/** What the rules' engine calls a kind of source; undefined for those that rules do not know. */
export const engineKindOf = (kind: string): EngineKind | undefined => ENGINE_KINDS.get(kind);
