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
  readdirSync(dir).sort().flatMap((name) => {
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

/** The schema with every named type written out where it is first used, as Avro wants it. */
export const inline = (schema, shared, seen = new Set()) => {
  if (typeof schema === 'string') {
    if (!schema.startsWith('vigie.')) return schema;
    if (seen.has(schema)) return schema;
    const found = shared.get(schema);
    if (!found) throw new Error(`no shared record ${schema}`);
    seen.add(schema);
    return inline(found, shared, seen);
  }
  if (Array.isArray(schema)) return schema.map((branch) => inline(branch, shared, seen));
  if (schema.type === 'array') return { ...schema, items: inline(schema.items, shared, seen) };
  if (schema.type !== 'record') return schema;
  return { ...schema, fields: schema.fields.map((field) => ({ ...field, type: inline(field.type, shared, seen) })) };
};

/** Telemetry has one topic a stage and a tenant's state a compacted one; every other subject has events and requests. */
const topicOf = (subject, kind, name) => {
  if (kind === 'events' && (subject === 'telemetry' || `${subject}.${name}` === 'tenant.state')) return `vigie.${subject}.${name}`;
  return `vigie.${subject}.${kind}`;
};

const contractAt = (path, root, shared) => {
  const [subject, kind, name, file] = path.slice(root.length + 1).split('/');
  const schema = readJson(path);
  const text = JSON.stringify(inline(schema, shared));
  const digest = createHash('sha256').update(text).digest();
  return {
    path, subject, kind, name, schema, text,
    type: `${subject}.${name}`,
    version: Number(/^v(\d+)\.avsc$/.exec(file ?? '')?.[1] ?? Number.NaN),
    topic: topicOf(subject, kind, name),
    sha256: digest.toString('hex'),
    id: digest.readUInt32BE(0) >>> 1,
  };
};

/** @returns every version of every contract, sorted by type and version. */
export const contractsOf = (root, shared) =>
  filesUnder(root)
    .filter((path) => path.endsWith('.avsc') && !path.startsWith(`${root}/shared/`) && !path.startsWith(`${root}/generated/`))
    .map((path) => contractAt(path, root, shared))
    .sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : a.version - b.version));
