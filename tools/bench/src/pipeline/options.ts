import { InvalidArgumentError } from 'commander';
import { countFrom } from '../../../../cli/src/terminal/index.js';
import { SERVICES, type ServiceName } from '#libs/terms';
import { KINDS, type KindName } from './kinds.js';

/** Reads an option that counts, within bounds. */
export const upTo = (least: number, most: number) => {
  const count = countFrom(least);
  return (text: string): number => {
    const value = count(text);
    if (value > most) throw new InvalidArgumentError(`It is ${most} at most.`);
    return value;
  };
};

/** As they are called on the command line. */
export const KIND_NAMES = Object.keys(KINDS) as KindName[];

/** Reads a kind of source that can be measured. */
export const kindIn = (text: string): KindName => {
  const kind = KIND_NAMES.find((name) => name === text);
  if (!kind) throw new InvalidArgumentError(`It is one of ${KIND_NAMES.join(', ')}.`);
  return kind;
};

/** Reads the name of a service. */
export const serviceIn = (text: string): ServiceName => {
  const service = SERVICES.find((name) => name === text);
  if (!service) throw new InvalidArgumentError(`It is one of ${SERVICES.join(', ')}.`);
  return service;
};

/** An option with several values, each read; those that stand there unless one is said go then. */
export const collected = <T>(read: (text: string) => T): ((text: string) => T[]) => {
  const said: T[] = [];
  return (text) => {
    said.push(read(text));
    return said;
  };
};
