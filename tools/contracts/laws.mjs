/** The laws of contracts. Each takes one contract (and its siblings) and names what is wrong. */
const camel = (text) =>
  text
    .split(/[-.]/)
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
const subjectFirst = ({ subject, name }) => camel(subject) + camel(name);
/** Requests published before names put the subject first keep theirs: it is part of what is frozen. */
const verbFirst = ({ subject, name }) => camel(name) + camel(subject);
const mayBeCalled = (contract, published) =>
  contract.schema.name === subjectFirst(contract) ||
  (contract.kind === 'requests' && `${contract.type}@1` in published && contract.schema.name === verbFirst(contract));
const zeroWidth = (schema) =>
  schema === 'null' ||
  (schema?.type === 'fixed' && schema.size === 0) ||
  (schema?.type === 'record' && schema.fields.length === 0);

const walk = (schema, visit) => {
  visit(schema);
  if (Array.isArray(schema)) schema.forEach((branch) => walk(branch, visit));
  else if (schema?.type === 'array') walk(schema.items, visit);
  else if (schema?.type === 'map') walk(schema.values, visit);
  else if (schema?.type === 'record') schema.fields.forEach((field) => walk(field.type, visit));
};

const shapeProblems = (contract) => {
  const found = [];
  walk(JSON.parse(contract.text), (schema) => {
    if (schema?.type === 'enum' && schema.default === undefined) found.push(`enum ${schema.name} needs a default`);
    if (schema?.type === 'array' && zeroWidth(schema.items))
      found.push('an array of zero-width items can exhaust memory');
    if (schema?.type === 'map' && zeroWidth(schema.values)) found.push('a map of zero-width values can exhaust memory');
    if (Array.isArray(schema) && (schema.length !== 2 || schema[0] !== 'null'))
      found.push('a union may only be null and one type');
  });
  return found;
};

const ownProblems = (contract, published) => [
  ...(Number.isInteger(contract.version) ? [] : ['the file must be called vN.avsc']),
  ...(mayBeCalled(contract, published) ? [] : [`the record must be called ${subjectFirst(contract)}`]),
  ...(contract.schema.doc ? [] : ['a doc is missing']),
  ...(contract.schema.fields?.some(({ name }) => name === 'type') ? ['a field may not be called type'] : []),
  ...shapeProblems(contract),
];

const siblingProblems = (contract, before) => {
  if (contract.version === 1) return [];
  if (!before) return [`version ${contract.version - 1} is missing`];
  const known = new Set(before.schema.fields.map(({ name }) => name));
  return contract.schema.fields
    .filter(({ name, ...rest }) => !known.has(name) && !('default' in rest))
    .map(({ name }) => `the added field ${name} needs a default`);
};

const publishedProblems = (contracts, published) => {
  const now = new Map(contracts.map((contract) => [`${contract.type}@${contract.version}`, contract]));
  return Object.entries(published).flatMap(([key, { sha256 }]) => {
    if (!now.has(key)) return [`${key} is published and gone: restore it`];
    const { sha256: present, earlier } = now.get(key);
    return [present, ...earlier.map((one) => one.sha256)].includes(sha256)
      ? []
      : [`${key} is published and frozen: write the next version instead`];
  });
};

/** @returns sentences, none when every law holds. */
export const laws = (contracts, published) => {
  const byKey = new Map(contracts.map((contract) => [`${contract.type}@${contract.version}`, contract]));
  const ids = new Map();
  const clashes = contracts
    .flatMap(({ path, id, earlier }) => [id, ...earlier.map((one) => one.id)].map((one) => ({ path, id: one })))
    .flatMap(({ id, path }) => {
      const other = ids.get(id);
      ids.set(id, path);
      return other ? [`${path} and ${other} have one id: change a doc`] : [];
    });
  return [
    ...contracts.flatMap((contract) =>
      [
        ...ownProblems(contract, published),
        ...siblingProblems(contract, byKey.get(`${contract.type}@${contract.version - 1}`)),
      ].map((problem) => `${contract.path}: ${problem}`),
    ),
    ...clashes,
    ...publishedProblems(contracts, published),
  ];
};
