/** The events of real systems beside the checkout, by what kind of source they are sent as. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceKind } from '#contracts';

export type RecordedSet = { name: string; kind: SourceKind; messages: Buffer[] };

type SetPlace = { folder: string; file: RegExp; kind: SourceKind };

const PLACES: Record<string, SetPlace> = {
  'auditd, lines of its log': { folder: 'endpoint-linux/go-libaudit', file: /\.log$/, kind: 'LINUX' },
  'Jamf Protect': { folder: 'endpoint-macos/jamfprotect', file: /samples\/[^/]*\.json$/, kind: 'MACOS' },
  'Suricata EVE': { folder: 'network-suricata', file: /\.json$/, kind: 'SURICATA' },
  Zeek: { folder: 'otrf/compound/apt29', file: /\/zeek\/.*\.log$/, kind: 'ZEEK' },
  'Zeek, tab-separated': { folder: 'network-zeek', file: /\.log$/, kind: 'ZEEK' },
  'CloudTrail, detonations': { folder: 'cloud-aws/stratus', file: /\.json$/, kind: 'AWS_CLOUDTRAIL' },
  Lookout: { folder: 'mobile/lookout-azure-sentinel', file: /\.jsonl$/, kind: 'LOOKOUT' },
};

const FAMILIES: Record<string, SourceKind> = {
  aws_cloudtrail_rules: 'AWS_CLOUDTRAIL',
  azure_activity_rules: 'AZURE',
  azure_signin_rules: 'AZURE',
  crowdstrike_rules: 'WINDOWS',
  gcp_audit_rules: 'GCP_AUDIT',
  gcp_k8s_rules: 'GCP_AUDIT',
  github_rules: 'GITHUB',
  gsuite_activityevent_rules: 'GOOGLE_WORKSPACE',
  gsuite_reports_rules: 'GOOGLE_WORKSPACE',
  microsoft_rules: 'M365',
  okta_rules: 'OKTA',
  osquery_rules: 'LINUX',
  zscaler_rules: 'WEB_PROXY',
};

const VENDORS: Record<string, SourceKind> = {
  cisco_asa: 'FIREWALL',
  cisco_ise: 'LINUX',
  cisco_meraki: 'FIREWALL',
  cyberark: 'FIREWALL',
  dell_sonicwall: 'FIREWALL',
  f5_bigip: 'LINUX',
  fortinet_ngfw: 'FIREWALL',
  imperva: 'WEB_SERVER',
  leef: 'FIREWALL',
  palo_alto: 'FIREWALL',
  pfsense: 'FIREWALL',
  proofpoint: 'LINUX',
  sophos_firewall_xg: 'FIREWALL',
  suricata: 'SURICATA',
  vmware: 'LINUX',
  zscaler_proxy: 'WEB_PROXY',
};

const filesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((path) => statSync(join(root, path)).isFile());

const jsonLines = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as T);

const jsonlNames = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => file.slice(0, -'.jsonl'.length));

const labelled = (pack: string, family: string): Buffer[] =>
  jsonLines<{ event: object }>(join(pack, 'panther-labelled', `${family}.jsonl`)).map(({ event }) =>
    Buffer.from(JSON.stringify(event)),
  );

const rendered = (pack: string, vendor: string): Buffer[] =>
  jsonLines<{ message_rendered: string }>(join(pack, 'syslog-vendors/sc4s', `${vendor}.jsonl`))
    .map(({ message_rendered: line }) => line.replaceAll('+00:00Z', 'Z').trim())
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line));

/** All sets; a file of a set is a message. @param pack the data beside the checkout. */
export const recordedSets = (pack: string): RecordedSet[] => [
  ...Object.entries(FAMILIES).map(([name, kind]) => ({
    name: `labelled ${name}`,
    kind,
    messages: labelled(pack, name),
  })),
  ...Object.entries(VENDORS).map(([name, kind]) => ({ name: `syslog ${name}`, kind, messages: rendered(pack, name) })),
  ...Object.entries(PLACES).map(([name, { folder, file, kind }]) => ({
    name,
    kind,
    messages: filesIn(join(pack, folder))
      .filter((path) => file.test(`/${path}`))
      .map((path) => readFileSync(join(pack, folder, path))),
  })),
];

/** Labelled events of products that no kind of source is for, by family. */
export const withoutKind = (pack: string): { name: string; events: number }[] =>
  jsonlNames(join(pack, 'panther-labelled'))
    .filter((name) => !(name in FAMILIES))
    .map((name) => ({ name, events: labelled(pack, name).length }));
