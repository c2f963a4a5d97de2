import { InvalidArgumentError } from 'commander';
import type { SourceKind } from '#contracts';
import { sources } from '../../../services/collection/src/sources/index.js';

/** Every kind that a source can have: those whose vendors' own bytes are read, and the contract. */
const ALL: readonly SourceKind[] = [...sources.map(({ kind }) => kind), 'CONTRACT'];

/** Kinds of sources as people write them: aws-cloudtrail. */
export const KINDS = ALL.map((kind) => kind.toLowerCase().replaceAll('_', '-')).sort();

/** The kind that a flag names, in any case, also as the contract writes it. @throws InvalidArgumentError */
export const readKind = (text: string): SourceKind => {
  const wanted = text.toUpperCase().replaceAll('-', '_');
  const kind = ALL.find((one) => one === wanted);
  if (kind === undefined) throw new InvalidArgumentError(`It is one of ${KINDS.join(', ')}.`);
  return kind;
};
