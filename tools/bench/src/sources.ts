import { InvalidArgumentError } from 'commander';
import { builtInPipeline, kindOf, type SourceKind } from '#libs/sigma';

export const SOURCES = Object.keys(builtInPipeline) as SourceKind[];

/** The kind of source a flag names; products (aws) are understood too. @throws InvalidArgumentError */
export const readSource = (name: string): SourceKind => {
  const source = SOURCES.find((one) => one === name) ?? kindOf({ product: name });
  if (!source) throw new InvalidArgumentError(`one of ${SOURCES.join(', ')}`);
  return source;
};

/** @throws InvalidArgumentError */
export const readCount = (text: string): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('a number from 1');
  return count;
};
