/** Reads schemas that are laid out by subject: schema/<side>/<subject>.graphql, over schema/shared/. */
import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse } from 'graphql';

const textsOf = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));

/** @returns the schema of a side, and the names of the types that are defined for it alone. */
export const readSide = (folder, side) => {
  const [shared, own] = [textsOf(`${folder}/shared`), textsOf(`${folder}/${side}`)];
  const names = own.flatMap((text) =>
    parse(text)
      .definitions.filter(({ kind }) => !kind.endsWith('Extension'))
      .map(({ name }) => name.value),
  );
  return { schema: buildSchema([...shared, ...own].join('\n')), own: new Set(names) };
};

/** @returns name to symbols of the enums in a file of types that `npm run contracts` wrote. */
export const enumsIn = (file) =>
  new Map(
    [...readFileSync(file, 'utf8').matchAll(/^export type (\w+) = ((?:'\w+'(?: \| )?)+);$/gm)].map(
      ([, name, union]) => [name, union.split(' | ').map((symbol) => symbol.slice(1, -1))],
    ),
  );
