import type { SourceKind } from '#contracts';
import type { SourceKind as SigmaKind } from '#libs/sigma';

/** What a kind of source is called by the rules' engine. */
export const SOURCES: Record<SigmaKind, SourceKind> = {
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

/** The other way round; sources that rules do not know are not there. */
export const KINDS: Partial<Record<SourceKind, SigmaKind>> = Object.fromEntries(
  Object.entries(SOURCES).map(([kind, source]) => [source, kind as SigmaKind]),
);
