import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { besideCheckout } from '#libs/testing';
import { sourceOf } from '../src/sources/index.js';
import type { NativeObject, NormalisedEvent } from '../src/sources/source.js';

/** The developers' data beside the checkout, or nothing. */
const pack = besideCheckout('shared/data');

const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => join(folder, file));
const linesOf = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as T);

type SampleKind = Parameters<typeof sourceOf>[0];

/** What a source makes of bytes as they would come. */
const taken = (kind: SampleKind, bytes: string | Buffer): NormalisedEvent[] => {
  const source = sourceOf(kind);
  if (!source) throw new Error(`no source of ${kind}`);
  return source
    .split(Buffer.from(bytes))
    .map((piece) => source.normalise(JSON.parse(String(piece)) as NativeObject, piece));
};
const asLines = (events: readonly unknown[]): string => events.map((event) => JSON.stringify(event)).join('\n');

/** How many have a time, an entity and a class. */
const told = (events: readonly NormalisedEvent[]): Record<'events' | 'timed' | 'placed' | 'classed', number> => ({
  events: events.length,
  timed: events.filter(({ occurredAt, writtenTime }) => (occurredAt ?? writtenTime) !== undefined).length,
  placed: events.filter(({ entity }) => !entity.endsWith(':unknown')).length,
  classed: events.filter(({ ocsf }) => ocsf.classUid !== 0).length,
});

const whenThere = pack === undefined ? describe.skip : describe;

whenThere('events of real systems (skipped: no ../shared/data)', () => {
  const root = pack ?? '';
  const vendor = (folder: string): NativeObject[] =>
    filesUnder(join(root, 'normalised-oracles/datadog-integrations-extras', folder), '.yaml')
      .flatMap((path) => (load(readFileSync(path, 'utf8')) as { tests: { sample: string }[] }).tests)
      .map(({ sample }) =>
        sample.trimStart().startsWith('{') ? (JSON.parse(sample) as NativeObject) : { message: sample },
      );
  const syslog = (name: string): string =>
    linesOf<{ message_rendered: string }>(join(root, 'syslog-vendors/sc4s', `${name}.jsonl`))
      .map((one) => one.message_rendered.trim())
      .join('\n');

  it('of auditd, as lines of its log', () => {
    const events = filesUnder(join(root, 'endpoint-linux/go-libaudit'), '.log').flatMap((path) =>
      taken('LINUX', readFileSync(path)),
    );
    expect(told(events)).toEqual({ events: 39, timed: 39, placed: 0, classed: 25 });
  });
  it('of auditd, as its library reads them', () => {
    const events = filesUnder(join(root, 'endpoint-linux/go-libaudit'), '.json.golden').flatMap((path) =>
      taken(
        'LINUX',
        asLines((JSON.parse(readFileSync(path, 'utf8')) as { event: unknown }[]).map(({ event }) => event)),
      ),
    );
    expect(told(events)).toEqual({ events: 31, timed: 31, placed: 0, classed: 14 });
  });
  it('of Macs', () => {
    const samples = filesUnder(join(root, 'endpoint-macos/jamfprotect'), '.json')
      .filter((path) => path.includes('/samples/'))
      .flatMap((path) => taken('MACOS', readFileSync(path)));
    expect(told(samples)).toEqual({ events: 32, timed: 32, placed: 31, classed: 19 });
  });
  it('of Zeek', () => {
    const events = filesUnder(join(root, 'otrf/compound/apt29'), '.log')
      .filter((path) => path.includes('/zeek/'))
      .flatMap((path) => taken('ZEEK', readFileSync(path)));
    expect(told(events)).toEqual({ events: 2140, timed: 2140, placed: 1752, classed: 1626 });
  });
  it('of firewalls', () => {
    expect(
      Object.fromEntries(
        ['fortinet_ngfw', 'palo_alto', 'cisco_asa'].map((name) => [name, told(taken('FIREWALL', syslog(name)))]),
      ),
    ).toEqual({
      fortinet_ngfw: { events: 8, timed: 7, placed: 7, classed: 4 },
      palo_alto: { events: 18, timed: 1, placed: 17, classed: 12 },
      cisco_asa: { events: 6, timed: 0, placed: 5, classed: 5 },
    });
  });
  it('of a proxy and of a resolver, whose own messages belong to nobody', () => {
    expect(told(taken('WEB_PROXY', syslog('zscaler_proxy')))).toEqual({ events: 11, timed: 3, placed: 3, classed: 3 });
    expect(
      told(taken('WEB_PROXY', asLines(vendor('zscaler').filter(({ sourcetype }) => sourcetype === 'zscalernss-web')))),
    ).toEqual({ events: 1, timed: 1, placed: 1, classed: 1 });
    expect(told(taken('DNS', asLines(vendor('bind9'))))).toEqual({ events: 7, timed: 5, placed: 4, classed: 5 });
  });
  it('of Lookout', () =>
    expect(
      told(taken('LOOKOUT', readFileSync(join(root, 'mobile/lookout-azure-sentinel/lookout-mra-v2.jsonl')))),
    ).toEqual({ events: 3, timed: 3, placed: 3, classed: 3 }));
  it('of Mimecast, at the time, from the address and about whom another product says', () => {
    type Sample = {
      sample: NativeObject;
      expected: { timestamp_ms: number; 'usr.email'?: string; 'usr.name'?: string; 'network.client.ip'?: string };
    };
    for (const { sample, expected } of linesOf<Sample>(join(root, 'email/datadog-mimecast/mimecast.jsonl'))) {
      const [event] = taken('MIMECAST', JSON.stringify(sample));
      expect(event).toMatchObject({
        occurredAt: expected.timestamp_ms,
        entity: `user:${expected['usr.email'] ?? expected['usr.name'] ?? ''}`,
      });
    }
  });
});
