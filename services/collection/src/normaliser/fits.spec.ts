import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceKind } from '#contracts';
import { compile, kindOf, type SourceKind as SigmaKind } from '#libs/sigma';
import { sourceOf, sources } from '../sources/index.js';
import { readMessage } from './message.js';
import { withoutMisfits } from './misfits.js';
import { atOnce } from './at-once.js';

/** What every source makes of events in their vendors' own shape fits the contract: nothing is set aside. */
const PLACE = { topic: 'ingest.acme.src', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 2, 12) };
const SOURCES: Record<SigmaKind, SourceKind> = {
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

/** Kinds whose tests in rules are short for what their vendors send. */
const ABRIDGED: readonly SourceKind[] = ['AWS_CLOUDTRAIL', 'GOOGLE_WORKSPACE', 'M365'];

const taken = (kind: SourceKind, bytes: Buffer): { rejected: string[]; entities: string[] } => {
  const source = sourceOf(kind);
  if (!source) throw new Error(`no source of ${kind}`);
  const { events, rejected } = atOnce(withoutMisfits({ ...readMessage(bytes, PLACE, source), source: 'src', kind }));
  return {
    rejected: rejected.map(({ code, sentence }) => `${code}: ${sentence}`),
    entities: events.map(({ entity }) => entity),
  };
};

it.each(sources.map(({ name, kind }) => [name, kind] as const))('fixtures of %s fit the contract', (name, kind) => {
  const folder = join('services/collection/src/sources', name, 'fixtures');
  for (const file of readdirSync(folder))
    expect([file, taken(kind, readFileSync(join(folder, file))).rejected]).toEqual([file, []]);
});

it("events in the rules' tests fit the contract, and say whom they are about unless they are abridged", () => {
  const files = readdirSync('rules', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.yml') && !file.startsWith('correlations'),
  );
  const { rules } = compile(files.map((path) => ({ path, text: readFileSync(join('rules', path), 'utf8') })));
  const found = rules.flatMap((rule) => {
    const kind = kindOf(rule.logsource);
    return (rule.tests ?? []).flatMap(({ name, event }) => {
      if (!kind) return [];
      const { rejected, entities } = taken(SOURCES[kind], Buffer.from(JSON.stringify(event)));
      const nobody = ABRIDGED.includes(SOURCES[kind]) ? [] : entities.filter((entity) => entity.endsWith(':unknown'));
      return [...rejected, ...nobody].map((why) => `${rule.file}, ${name}: ${why}`);
    });
  });
  expect(found).toEqual([]);
});
