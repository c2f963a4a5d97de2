import { InvalidArgumentError } from 'commander';
import { builtInPipeline, kindOf, type SourceKind } from '#libs/sigma';

export const KNOWN_SOURCES = Object.keys(builtInPipeline) as SourceKind[];

/** The kind of source a flag names; products (aws) are understood too. @throws InvalidArgumentError */
export const readSource = (name: string): SourceKind => {
  const source = KNOWN_SOURCES.find((one) => one === name) ?? kindOf({ product: name });
  if (!source) throw new InvalidArgumentError(`one of ${KNOWN_SOURCES.join(', ')}`);
  return source;
};
