/** Reads the contracts: finds the files, inlines shared records at first use, derives type, topic and id. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${error.message}`);
  }
};
const filesUnder = (dir) =>
  readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? filesUnder(path) : [path];
    });

/** @returns shared schemas by full name. */
export const readShared = (dir) => {
  const shared = new Map();
  for (const path of filesUnder(dir).filter((name) => name.endsWith('.avsc'))) {
    const schema = readJson(path);
    shared.set(`vigie.${schema.name}`, schema);
  }
  return shared;
};

/**
 * An enum with a default may gain symbols at its end; `grown` says how many it had whenever it was published before.
 * @param lengths by name, how many symbols to write; all of them when it does not say.
 */
const enumOf = ({ grown, ...schema }, lengths) => ({
  ...schema,
  symbols: schema.symbols.slice(0, lengths.get(schema.name)),
});

/** The schema with every named type written out where it is first used, as Avro wants it. */
export const inline = (schema, shared, lengths = new Map(), seen = new Set()) => {
  if (typeof schema === 'string') {
    if (!schema.startsWith('vigie.')) return schema;
    if (seen.has(schema)) return schema;
    const found = shared.get(schema);
    if (!found) throw new Error(`no shared record ${schema}`);
    seen.add(schema);
    return inline(found, shared, lengths, seen);
  }
  if (Array.isArray(schema)) return schema.map((branch) => inline(branch, shared, lengths, seen));
  if (schema.type === 'array') return { ...schema, items: inline(schema.items, shared, lengths, seen) };
  if (schema.type === 'enum') return enumOf(schema, lengths);
  if (schema.type !== 'record') return schema;
  return {
    ...schema,
    fields: schema.fields.map((field) => ({ ...field, type: inline(field.type, shared, lengths, seen) })),
  };
};

/**
 * What partners submit lies on the ingest topic of each source; telemetry has one topic a stage, matches on their way
 * to correlations one, a tenant's state and its pages a compacted one; every other subject has events and requests.
 */
const topicOf = (subject, kind, name) => {
  if (`${subject}.${name}` === 'telemetry.submitted') return 'ingest.<tenant>.<source>';
  if (kind === 'events' && (subject === 'telemetry' || `${subject}.${name}` === 'tenant.state'))
    return `vigie.${subject}.${name}`;
  if (kind === 'events' && `${subject}.${name}` === 'tenant.page') return 'vigie.tenant.state';
  if (kind === 'events' && subject === 'detection') return 'vigie.detection.matches';
  return `vigie.${subject}.${kind}`;
};

const written = (schema, shared, lengths) => {
  const text = JSON.stringify(inline(schema, shared, lengths));
  const digest = createHash('sha256').update(text).digest();
  return { text, sha256: digest.toString('hex'), id: digest.readUInt32BE(0) >>> 1 };
};

/** Every choice of lengths for the enums that have grown, the present one left out. */
const earlierLengths = (shared) => {
  let choices = [new Map()];
  for (const { name, symbols, grown = [] } of shared.values()) {
    if (grown.length === 0) continue;
    choices = choices.flatMap((chosen) =>
      [symbols.length, ...grown].map((length) => new Map([...chosen, [name, length]])),
    );
  }
  return choices.slice(1);
};

/** The schema as it was before its enums grew: what was written then stays readable, and counts as published. */
const earlierOf = (schema, shared, now) => {
  const texts = new Map(
    earlierLengths(shared)
      .map((lengths) => written(schema, shared, lengths))
      .map((one) => [one.id, one]),
  );
  texts.delete(now.id);
  return [...texts.values()];
};

const contractAt = (path, root, shared) => {
  const [subject, kind, name, file] = path.slice(root.length + 1).split('/');
  const schema = readJson(path);
  const now = written(schema, shared);
  return {
    path,
    subject,
    kind,
    name,
    schema,
    ...now,
    earlier: earlierOf(schema, shared, now),
    type: `${subject}.${name}`,
    version: Number(/^v(\d+)\.avsc$/.exec(file ?? '')?.[1] ?? Number.NaN),
    topic: topicOf(subject, kind, name),
  };
};

/** @returns every version of every contract, sorted by type and version. */
export const contractsOf = (root, shared) =>
  filesUnder(root)
    .filter(
      (path) => path.endsWith('.avsc') && !path.startsWith(`${root}/shared/`) && !path.startsWith(`${root}/generated/`),
    )
    .map((path) => contractAt(path, root, shared))
    .sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : a.version - b.version));
