import type { AnyFact } from '#contracts';
import type { Heard } from '#libs/model';
import { heard } from '#libs/testing';
import { factsOf } from './facts.js';

/** The facts of these types among a tenant's, as views hear them. */
export const heardOf = <Type extends AnyFact['type']>(
  tenant: string,
  ...types: readonly Type[]
): Heard<Extract<AnyFact, { type: Type }>>[] =>
  factsOf(tenant).flatMap(({ fact, envelope }) =>
    types.includes(fact.type as Type) ? [heard(fact as Extract<AnyFact, { type: Type }>, envelope)] : [],
  );
