/** What another product makes of the same events, field by field. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { SourceKind, TelemetryEvent } from '#contracts';
import { readLine } from '../mutations/read-line.js';

const FOLDER = join('normalised-oracles', 'datadog-integrations-extras');

/** Of the oracle's products, those that a kind of source is for. */
const PRODUCTS: Record<string, SourceKind> = {
  akamai_datastream_2: 'WEB_SERVER',
  bind9: 'DNS',
  'f5-distributed-cloud': 'WEB_SERVER',
  jamf_protect: 'MACOS',
  ngrok: 'WEB_SERVER',
  zscaler: 'WEB_PROXY',
};

/** Fields of the oracle that an event of ours has a place for. */
const FIELDS = [
  'timestamp',
  'network.client.ip',
  'network.destination.ip',
  'usr.name',
  'usr.email',
  'dns.question.name',
];

export type FieldAgreement = { product: string; field: string; agree: number; of: number; unlike: string[] };

type OracleTest = { sample: string; result: { custom?: object; timestamp?: number } };

const at = (from: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[key], from);

const saidBy = ({ result }: OracleTest, field: string): string | undefined => {
  const value = field === 'timestamp' ? result.timestamp : at(result.custom, field);
  return typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : undefined;
};

/** Everything of an event of ours that may be such a value. */
const valuesOf = (event: TelemetryEvent, field: string): string[] => {
  if (field === 'timestamp') return event.flags.includes('time-missing') ? [] : [String(event.occurredAt)];
  const { src, dst, actor } = event.ocsf;
  return [
    src?.ip,
    dst?.ip,
    actor?.userName,
    ...event.observables.map(({ value }) => value),
    event.entity.slice(event.entity.indexOf(':') + 1),
  ]
    .filter((value) => typeof value === 'string')
    .map((value) => value.toLowerCase().replace(/\.$/, ''));
};

const testsOf = (folder: string): OracleTest[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .flatMap((path) => (load(readFileSync(join(folder, path), 'utf8')) as { tests: OracleTest[] }).tests);

type ReadTest = { test: OracleTest; events: TelemetryEvent[] };

const MOST_TOLD = 3;

const agreementOn = (product: string, field: string, read: readonly ReadTest[]): FieldAgreement => {
  const one: FieldAgreement = { product, field, agree: 0, of: 0, unlike: [] };
  for (const { test, events } of read) {
    const said = saidBy(test, field)?.replace(/\.$/, '');
    if (said === undefined || said === '') continue;
    const ours = events.flatMap((event) => valuesOf(event, field));
    one.of += 1;
    if (ours.includes(said)) one.agree += 1;
    else one.unlike.push(`${said} is not in [${ours.slice(0, 6).join(', ')}]`);
  }
  return { ...one, unlike: one.unlike.slice(0, MOST_TOLD) };
};

/** How far we agree with the oracle; values that it has and we do not are told, the first of each field. */
export const agreementWith = (pack: string): { fields: FieldAgreement[]; withoutKind: string[] } => {
  const products = readdirSync(join(pack, FOLDER), { withFileTypes: true }).filter((one) => one.isDirectory());
  const fields = Object.entries(PRODUCTS).flatMap(([product, kind]) => {
    const read = testsOf(join(pack, FOLDER, product)).map((test) => ({
      test,
      events: readLine({ kind }, Buffer.from(test.sample)).events,
    }));
    return FIELDS.map((field) => agreementOn(product, field, read));
  });
  return {
    fields: fields.filter(({ of }) => of > 0),
    withoutKind: products.map(({ name }) => name).filter((name) => !(name in PRODUCTS)),
  };
};
