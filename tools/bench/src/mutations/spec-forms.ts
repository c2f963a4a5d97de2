/** Parsers whose lines stand in specs: one row a family, the lines are what its specs quote. */
import type { SourceKind } from '#contracts';
import type { MutatedParser } from './line-forms.js';
import { linesInSpec } from './spec-lines.js';

const SIGMA = 'libs/sigma/src';
const SOURCES = 'services/collection/src/sources';

type SpecForm = { name: string; kind: SourceKind; begins: readonly string[]; specs: readonly string[] };

const FORMS: readonly SpecForm[] = [
  {
    name: 'firewall-sentences',
    kind: 'FIREWALL',
    begins: [
      '<142>Nov 28 18:59:19 ns1 default SSLVPN LOGIN 12345 0 :  Context ',
      '<190>Nov 28 18:59:20 2026 H3C %%10FILTER/6/FILTER_ZONE_IPV4_EXECUTION: ',
      '<140>Nov 28 18:59:12 wg firewall: msg_id="3000-0148" Deny ',
      'system,error,critical login failure for user ',
      '%ASA-6-113039: Group <g> User <',
      'login failure for user a from ',
    ],
    specs: ['appliances', 'asa', 'asa-denied', 'asa-sessions', 'asa-traffic', 'firepower', 'ios', 'palo-alto']
      .concat('small-firewalls')
      .map((name) => `${SIGMA}/lines/devices/${name}.spec.ts`)
      .concat(`${SOURCES}/firewall/index.spec.ts`, `${SOURCES}/firewall/when.spec.ts`),
  },
  {
    name: 'resolver-lines',
    kind: 'DNS',
    begins: ['<30>Nov 28 18:59:20 ns1 unbound: [1:0] info: ', 'Nov 28 18:59:20 pihole dnsmasq[5]: '],
    specs: [
      `${SIGMA}/lines/dns/bind.spec.ts`,
      `${SIGMA}/lines/dns/index.spec.ts`,
      `${SIGMA}/sources/dns/index.spec.ts`,
      `${SOURCES}/dns/index.spec.ts`,
    ],
  },
  {
    name: 'web-lines',
    kind: 'WEB_SERVER',
    begins: ['[GIN] 2026/11/28 - ', 'ModSecurity: Access denied [uri "', '{"ClientAddr":"'],
    specs: [
      ...['access-log', 'access-sides', 'error-log', 'w3c'].map((name) => `${SIGMA}/lines/${name}.spec.ts`),
      ...['edges', 'edge-json', 'w3c', 'index'].map((name) => `${SOURCES}/web-server/${name}.spec.ts`),
    ],
  },
  {
    name: 'proxies',
    kind: 'WEB_PROXY',
    begins: ['1795842001.123 1 pc1 TCP_DENIED/407 39 CONNECT ', 'x\t"a" "'],
    specs: [
      `${SIGMA}/lines/squid.spec.ts`,
      `${SIGMA}/sources/web-proxy/index.spec.ts`,
      `${SOURCES}/web-proxy/index.spec.ts`,
    ],
  },
  {
    name: 'linux-programs',
    kind: 'LINUX',
    begins: [
      'Nov 28 18:59:05 web1 sshd[5]: Failed password for ',
      'Nov 28 18:59:05 web1 sudo: a : TTY=',
      'Nov 28 18:59:05 web1 useradd[5]: new user: name=',
      'Nov 28 18:59:05 web1 kernel: ',
    ],
    specs: [`${SIGMA}/sources/linux/index.spec.ts`, `${SOURCES}/linux/index.spec.ts`],
  },
  {
    name: 'shipped-lines',
    kind: 'LINUX',
    begins: [
      '{"@timestamp":"2026-11-28T18:59:09Z","message":"',
      '{"log":"',
      '2026-11-28T18:59:09Z stdout F ',
      '{"_raw":"',
    ],
    specs: ['shipped', 'syslog-parts', 'enveloped'].map((name) => `services/collection/src/ingest/${name}.spec.ts`),
  },
  {
    name: 'flow-records',
    kind: 'FIREWALL',
    begins: [
      'version srcaddr dstaddr end\n',
      '2 123456789012 eni-0a1b ',
      '{"properties":{"flows":[{"flows":[{"flowTuples":["',
    ],
    specs: [
      `${SIGMA}/lines/vpc-flow.spec.ts`,
      'libs/files/src/table/flow-log.spec.ts',
      'services/collection/src/unwrap/flow-tuples.spec.ts',
      'services/collection/test/wrapped.ts',
    ],
  },
];

/** They take their lines from files, which is done when they are asked for. */
export const SPEC_FORMS: readonly MutatedParser[] = FORMS.map(({ specs, ...form }) => ({
  ...form,
  get own() {
    return specs.flatMap(linesInSpec);
  },
  beside: [],
}));
