import { InvalidArgumentError } from 'commander';
import type { SourceKind } from '#contracts';
import { sources } from '../../../services/collection/src/sources/index.js';

/** Kinds of sources as people write them: aws-cloudtrail. */
export const KINDS = sources.map(({ kind }) => kind.toLowerCase().replaceAll('_', '-')).sort();

/** The kind that a flag names, in any case, also as the contract writes it. @throws InvalidArgumentError */
export const readKind = (text: string): SourceKind => {
  const wanted = text.toUpperCase().replaceAll('-', '_');
  const source = sources.find(({ kind }) => kind === wanted);
  if (source === undefined) throw new InvalidArgumentError(`It is one of ${KINDS.join(', ')}.`);
  return source.kind;
};
