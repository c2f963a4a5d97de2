/** Renders what a writer may give: the same types, but what has a default may be left out, as Avro fills it in. */
import { camel, HEADER, latest, PRIMITIVE, typeOf } from './render.mjs';

const BUILT_IN = new Set(Object.values(PRIMITIVE));

/** Names of the types that have a draft of their own: something in them, however deep, may be left out. */
const draftable = (contracts, shared) => {
  const names = new Set();
  const inside = (schema) => {
    if (typeof schema === 'string') return names.has(schema.replace('vigie.', ''));
    if (Array.isArray(schema)) return schema.some(inside);
    return [schema.items, schema.values].some((part) => part !== undefined && inside(part));
  };
  const records = [
    ...[...shared.values()].filter(({ type }) => type === 'record').map((schema) => [schema.name, schema]),
    ...latest(contracts).map(({ schema, type }) => [camel(type), schema]),
  ];
  const looser = ({ type, default: value }) => (value !== undefined && !Array.isArray(type)) || inside(type);
  for (let before = -1; before < names.size; ) {
    before = names.size;
    for (const [name, { fields }] of records) if (fields.some(looser)) names.add(name);
  }
  return { names, records };
};

const draftTypeOf = (schema, names) => {
  if (Array.isArray(schema)) return `${draftTypeOf(schema[1], names)} | null`;
  if (schema.type === 'array') return `${draftTypeOf(schema.items, names)}[]`;
  if (schema.type === 'map') return `Record<string, ${draftTypeOf(schema.values, names)}>`;
  const name = typeOf(schema);
  return names.has(name) ? `${name}Draft` : BUILT_IN.has(name) ? name : `t.${name}`;
};

/** What a writer may give: a field with a default may be left out, as Avro fills it in. */
export const draftsFile = (contracts, shared) => {
  const { names, records } = draftable(contracts, shared);
  const types = new Map(latest(contracts).map(({ type }) => [camel(type), type]));
  const field = ({ name, type, default: value }) =>
    `  ${name}${value !== undefined || Array.isArray(type) ? '?' : ''}: ${draftTypeOf(type, names)};\n`;
  const draft = ([name, { fields }]) =>
    `export interface ${name}Draft {\n${types.has(name) ? `  type: '${types.get(name)}';\n` : ''}${fields.map(field).join('')}}\n`;
  const any = (kind) =>
    [
      ...new Set(
        latest(contracts)
          .filter((one) => one.kind === kind)
          .map(({ type }) => camel(type)),
      ),
    ]
      .map((name) => (names.has(name) ? `${name}Draft` : `t.${name}`))
      .join(' | ');
  return [
    HEADER,
    "/** Messages as a writer may give them: what has a default may be left out, at any depth, as Avro fills it in. */\nimport type * as t from './types.js';\n",
    ...records.filter(([name]) => names.has(name)).map(draft),
    `/** Any fact, to be written. */\nexport type AnyFactDraft = ${any('events')};\n`,
    `/** Any request, to be written. */\nexport type AnyRequestDraft = ${any('requests')};\n`,
  ].join('\n');
};
