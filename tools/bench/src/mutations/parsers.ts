/** What is mutated: every kind of source, and every form of line, behind what makes its parser begin. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceKind, TelemetrySubmittedDraft } from '#contracts';
import { encode } from '#libs/events';
import { sources } from '../../../../services/collection/src/sources/index.js';
import { BODY_FORMS } from './body-forms.js';
import { SPEC_FORMS } from './spec-forms.js';
import { LINES, type MutatedParser } from './line-forms.js';
import { seedOf, type MutationSeed } from './mutate.js';

/** Where sources are read, and where rules read them: both have events of their own. */
const SOURCES = [join('services', 'collection', 'src', 'sources'), join('libs', 'sigma', 'src', 'sources')];

const linesOf = (bytes: Buffer): Buffer[] =>
  bytes
    .toString('latin1')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => Buffer.from(line, 'latin1'));

const fixturesOf = (name: string): Buffer[] =>
  SOURCES.map((folder) => join(folder, name, 'fixtures')).flatMap((folder) =>
    readdirSync(folder)
      .sort()
      .flatMap((file) => linesOf(readFileSync(join(folder, file)))),
  );

const PACK: Partial<Record<SourceKind, MutatedParser['beside']>> = {
  AWS_CLOUDTRAIL: [{ folder: 'panther-labelled', file: /^aws_cloudtrail/ }],
  AZURE: [{ folder: 'panther-labelled', file: /^azure/ }],
  GCP_AUDIT: [{ folder: 'panther-labelled', file: /^gcp/ }],
  GITHUB: [{ folder: 'panther-labelled', file: /^github/ }],
  GOOGLE_WORKSPACE: [{ folder: 'panther-labelled', file: /^gsuite/ }],
  LOOKOUT: [{ folder: 'mobile', file: /\.jsonl$/ }],
  M365: [{ folder: 'panther-labelled', file: /^microsoft_rules/ }],
  MIMECAST: [{ folder: 'email', file: /\.jsonl$/ }],
  OKTA: [{ folder: 'panther-labelled', file: /^okta/ }],
  SURICATA: [{ folder: 'network-suricata', file: /\.json$/, line: /^\{.*\}$/ }],
  ZEEK: [{ folder: 'network-zeek', file: /\.log$/, line: /^\{/ }],
};

const submitted = (more: Partial<TelemetrySubmittedDraft>): Buffer => {
  const said: TelemetrySubmittedDraft = {
    type: 'telemetry.submitted',
    occurredAt: Date.UTC(2026, 10, 2),
    entity: { kind: 'host', value: 'ws6' },
    ocsf: { categoryUid: 1, classUid: 1007, activityId: 1, severityId: 1, message: 'm', src: { ip: '10.0.0.1' } },
    observables: [{ kind: 'hostname', value: 'ws6' }],
    native: Buffer.from('{"a":{"b":[1,"c"]}}'),
    ...more,
  };
  return encode(said);
};

/** What partners have normalised: bytes of Avro behind the id of their schema, of which most changes leave nothing. */
const SUBMITTED: MutatedParser = {
  name: 'contract',
  kind: 'CONTRACT',
  begins: ['\0'],
  own: [submitted({}), submitted({ nativeKind: 'LINUX', envelope: Buffer.from('{"b":[2]}'), observables: [] })],
  beside: [],
};

/** Every parser: the forms of lines and of what holds events, then the sources as a whole, their events as JSON. */
export const PARSERS: readonly MutatedParser[] = [
  ...LINES,
  ...SPEC_FORMS,
  ...BODY_FORMS,
  SUBMITTED,
  ...sources.map(({ name, kind }) => ({
    name,
    kind,
    begins: ['', '{"message":"', '{"time":"', '{"records":['],
    own: fixturesOf(name),
    beside: PACK[kind] ?? [],
  })),
];

const MOST_BESIDE = 400;
const LONGEST_SEED = 16_384;

/** Lines of files of the pack; an event that is labelled stands in its label. */
const besideOf = (pack: string, { folder, file, line = /./ }: MutatedParser['beside'][number]): Buffer[] => {
  const root = join(pack, folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return files
    .filter((path) => file.test(path.slice(path.lastIndexOf('/') + 1)) && statSync(join(root, path)).isFile())
    .flatMap((path) => linesOf(readFileSync(join(root, path))).slice(0, MOST_BESIDE))
    .map(innerOf)
    .filter((one) => one.length <= LONGEST_SEED && line.test(one.toString('latin1')));
};

/** What a line of the pack holds: labelled events and samples stand in an object around them. */
const innerOf = (line: Buffer): Buffer => {
  if (line[0] !== 0x7b) return line;
  try {
    const { event, message_rendered: rendered, sample } = JSON.parse(String(line)) as Record<string, unknown>;
    if (typeof rendered === 'string') return Buffer.from(rendered.trim());
    const inner = event ?? sample;
    return typeof inner === 'object' && inner !== null ? Buffer.from(JSON.stringify(inner)) : line;
  } catch {
    return line;
  }
};

const evenly = <T>(all: readonly T[], most: number): T[] => {
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(most, all.length) }, (_, place) => all[Math.floor(place * step)]!);
};

/** The lines that mutation begins with. @param pack the data beside the checkout, if there is any. */
export const seedsOf = ({ own, beside }: MutatedParser, pack?: string): MutationSeed[] => {
  const others = pack === undefined ? [] : beside.flatMap((one) => besideOf(pack, one));
  return [...own, ...evenly(others, MOST_BESIDE)].map(seedOf);
};
