import type { SourceKind } from '#contracts';
import type { SourceKind as SigmaKind } from '#libs/sigma';

const SOURCES: Record<SigmaKind, SourceKind> = {
  windows: 'WINDOWS',
  cloudtrail: 'AWS_CLOUDTRAIL',
  okta: 'OKTA',
  suricata: 'SURICATA',
  azure: 'AZURE',
  gcp: 'GCP_AUDIT',
  m365: 'M365',
  gworkspace: 'GOOGLE_WORKSPACE',
  github: 'GITHUB',
  linux: 'LINUX',
  macos: 'MACOS',
  zeek: 'ZEEK',
  proxy: 'WEB_PROXY',
  dns: 'DNS',
  firewall: 'FIREWALL',
  webserver: 'WEB_SERVER',
  mimecast: 'MIMECAST',
  lookout: 'LOOKOUT',
};

/** What the rules' engine calls a kind of source, as the lake names it. */
export const KINDS: ReadonlyMap<string, SigmaKind> = new Map(
  Object.entries(SOURCES).map(([kind, source]) => [source, kind as SigmaKind]),
);
