import { readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { configOf, shippers, waysOf, type ShipperPlace } from './index.js';

const place: ShipperPlace = {
  source: 'edr',
  url: 'https://ingest.vigie.test:8088',
  topic: 'ingest.acme.edr',
  username: 'partner.acme.edr',
  brokers: ['k1.vigie.test:9093', 'k2.vigie.test:9093'],
  tls: true,
  syslog: 'ingest.vigie.test:5514',
  syslogCa: '/etc/ssl/vigie.crt',
};
const everyWay = shippers.flatMap((shipper) => waysOf(shipper).map((way) => [shipper.name, way] as const));

describe('the configuration of shippers', () => {
  it('is listed whole, and sorted', () => {
    const files = readdirSync(__dirname).filter((name) => !/^(index|shipper)\.|\.spec\./.test(name));
    expect(shippers.map(({ name }) => `${name}.ts`)).toEqual(files.sort());
  });

  it.each(everyWay)('of %s over %s says where to, and how to be let in', (name, way) => {
    const text = configOf(name, place, way);
    const wanted = {
      http: [name === 'fluent-bit' ? 'port: 8088' : place.url, 'edr', 'VIGIE_TOKEN', 'Bearer'],
      kafka: [...place.brokers, place.topic, place.username, 'SCRAM-SHA-512', 'VIGIE_PASSWORD'],
      tcp: ['target="ingest.vigie.test"', 'port="5514"', 'octet-counted'],
      tls: ['port="5514"', 'octet-counted', 'PermittedPeers="ingest.vigie.test"', '/etc/ssl/vigie.crt'],
    }[way];
    for (const one of wanted) expect(text.toLowerCase()).toContain(one.toLowerCase());
    expect(text.endsWith('\n')).toBe(true);
  });

  it.each(everyWay.filter(([, way]) => way === 'kafka'))('of %s over %s minds TLS', (name) => {
    const [tls, plain] = [true, false].map((one) => configOf(name, { ...place, tls: one }, 'kafka'));
    expect(tls).not.toBe(plain);
    if (!['vector', 'filebeat'].includes(name)) {
      expect(tls).toContain('SASL_SSL');
      expect(plain).toContain('SASL_PLAINTEXT');
    }
  });

  it.each(everyWay.filter(([name]) => ['vector', 'fluent-bit', 'filebeat', 'collector'].includes(name)))(
    'of %s over %s is YAML',
    (name, way) => expect(parse(configOf(name, place, way))).toEqual(expect.any(Object)),
  );

  it('prefers what loses least of the event', () =>
    expect(shippers.map((shipper) => `${shipper.name} ${waysOf(shipper)[0]}`)).toEqual([
      'collector http',
      'filebeat kafka',
      'fluent-bit kafka',
      'kcat kafka',
      'logstash kafka',
      'python kafka',
      'rsyslog kafka',
      'vector http',
    ]));

  it('is refused for a way that a shipper does not take', () => {
    expect(() => configOf('kcat', place, 'http')).toThrow('kcat sends over kafka');
    expect(() => configOf('carrier-pigeon', place)).toThrow('no configuration for carrier-pigeon');
  });

  it('holds no secret, whatever it is given', () => {
    const given = { ...place, password: 'hunter2', token: 'eyJhbGciOi' };
    for (const [name, way] of everyWay) expect(configOf(name, given, way)).not.toMatch(/hunter2|eyJhbGciOi/);
  });
});
