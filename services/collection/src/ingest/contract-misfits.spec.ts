import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceKind } from '#contracts';
import { compile, kindOf, type SourceKind as SigmaKind } from '#libs/sigma';
import { sourceOf, sources } from '../sources/index.js';
import { readMessage } from './message.js';
import { withoutMisfits } from './contract-misfits.js';
import { atOnce } from '#libs/service';

/** What every source makes of events in their vendors' own shape fits the contract: nothing is set aside. */
const PLACE = { topic: 'ingest.acme.src', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 2, 12) };
/** The contract's kind, in kebab-case, is what the rules' engine and the folders say. */
const inContract = (kind: SigmaKind): SourceKind => kind.toUpperCase().replaceAll('-', '_') as SourceKind;

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
      const { rejected, entities } = taken(inContract(kind), Buffer.from(JSON.stringify(event)));
      const nobody = ABRIDGED.includes(inContract(kind))
        ? []
        : entities.filter((entity) => entity.endsWith(':unknown'));
      return [...rejected, ...nobody].map((why) => `${rule.file}, ${name}: ${why}`);
    });
  });
  expect(found).toEqual([]);
});
