import { codec } from './codec.js';
import { cursorsAndIds } from './cursors.js';
import type { Fuzz } from './fuzz.js';
import { graphqlFuzz } from './graphql.js';
import { jws } from './jws.js';
import { rules } from './rules.js';

/** What needs nothing but a function, sorted by name. */
export const pureFuzz: readonly Fuzz[] = [codec, cursorsAndIds, jws, rules];

/** All of it, with what needs a world. */
export const allFuzz: readonly Fuzz[] = [codec, cursorsAndIds, graphqlFuzz, jws, rules];
