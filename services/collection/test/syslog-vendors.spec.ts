import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceKind } from '#contracts';
import { besideCheckout } from '#libs/testing';
import { readMessage } from '../src/ingest/message.js';
import { sourceOf } from '../src/sources/index.js';

/** Lines of vendors' devices beside the checkout, or nothing. */
const vendors = besideCheckout('shared/data/syslog-vendors/sc4s');

const KINDS: [vendor: string, kind: SourceKind][] = [
  ['cisco_asa', 'FIREWALL'],
  ['cisco_ise', 'LINUX'],
  ['cisco_meraki', 'FIREWALL'],
  ['cyberark', 'FIREWALL'],
  ['dell_sonicwall', 'FIREWALL'],
  ['f5_bigip', 'LINUX'],
  ['fortinet_ngfw', 'FIREWALL'],
  ['imperva', 'WEB_SERVER'],
  ['leef', 'FIREWALL'],
  ['palo_alto', 'FIREWALL'],
  ['pfsense', 'FIREWALL'],
  ['proofpoint', 'LINUX'],
  ['sophos_firewall_xg', 'FIREWALL'],
  ['suricata', 'SURICATA'],
  ['vmware', 'LINUX'],
  ['zscaler_proxy', 'WEB_PROXY'],
];

/** The time and the host that all lines were rendered with, and were expected to have. */
const SENT = Date.UTC(2026, 10, 20, 10, 11, 12);
const HOST = 'host-a1';
const RECEIVED = SENT + 48_000;

/** How many lines of a vendor there are, and of how many it is known when, from which device and what they were. */
const told = (vendor: string, kind: SourceKind): string => {
  const source = sourceOf(kind);
  if (!source) throw new Error(`no source of ${kind}`);
  const lines = readFileSync(join(vendors ?? '', `${vendor}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { message_rendered: string }).message_rendered)
    // Their templates write a Z behind a time that has a zone already.
    .map((line) => line.replaceAll('+00:00Z', 'Z'))
    .filter((line) => line.trim() !== '');
  const read = lines.map((line, offset) =>
    readMessage(
      Buffer.from(line),
      { topic: 'ingest.acme.x', partition: 0, offset: String(offset), timestamp: RECEIVED },
      source,
    ),
  );
  const events = read.flatMap((one) => one.events);
  const dead = read.flatMap(({ rejected }) => rejected);
  if (events.length + dead.length < lines.length || dead.some(({ sentence }) => sentence === ''))
    throw new Error(`${vendor}: a line is lost`);
  const [timed, placed, classed] = [
    events.filter(({ occurredAt }) => occurredAt === SENT),
    events.filter(({ ocsf, entity }) => `${ocsf.device?.hostname ?? ''} ${entity}`.includes(HOST)),
    events.filter(({ ocsf }) => ocsf.classUid !== 0),
  ];
  return `${lines.length} lines, ${dead.length} dead: ${timed.length} timed, ${placed.length} placed, ${classed.length} classed`;
};

(vendors === undefined ? describe.skip : describe)('lines of vendors (skipped: no ../shared/data)', () => {
  it('are all read or set aside with a reason, most with the time and host they were sent with', () => {
    expect(Object.fromEntries(KINDS.map(([vendor, kind]) => [vendor, told(vendor, kind)]))).toEqual({
      cisco_asa: '6 lines, 0 dead: 6 timed, 4 placed, 5 classed',
      cisco_ise: '6 lines, 0 dead: 6 timed, 4 placed, 0 classed',
      cisco_meraki: '1 lines, 0 dead: 1 timed, 1 placed, 1 classed',
      cyberark: '3 lines, 0 dead: 3 timed, 3 placed, 0 classed',
      dell_sonicwall: '1 lines, 0 dead: 1 timed, 1 placed, 1 classed',
      f5_bigip: '53 lines, 0 dead: 53 timed, 50 placed, 1 classed',
      fortinet_ngfw: '8 lines, 0 dead: 8 timed, 7 placed, 4 classed',
      imperva: '1 lines, 0 dead: 1 timed, 1 placed, 1 classed',
      leef: '19 lines, 0 dead: 14 timed, 19 placed, 18 classed',
      palo_alto: '18 lines, 0 dead: 18 timed, 17 placed, 12 classed',
      pfsense: '3 lines, 0 dead: 3 timed, 0 placed, 0 classed',
      proofpoint: '2 lines, 0 dead: 2 timed, 2 placed, 0 classed',
      sophos_firewall_xg: '0 lines, 0 dead: 0 timed, 0 placed, 0 classed',
      suricata: '6 lines, 0 dead: 6 timed, 6 placed, 5 classed',
      vmware: '16 lines, 0 dead: 16 timed, 16 placed, 0 classed',
      zscaler_proxy: '11 lines, 0 dead: 4 timed, 0 placed, 3 classed',
    });
  });
});
