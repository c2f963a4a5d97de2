import { Option, type Command } from 'commander';
import { SHARDS, SIZES, type Size } from '#libs/events';
import { countFrom } from './flags.js';

/** What was said of the size of an installation. */
export interface SizeFlags {
  size?: keyof typeof SIZES;
  partitions?: number;
  replicas?: number;
  minInsync?: number;
}

/** Adds the options of a size: a name, and single numbers that differ from it. */
export const withSize = (command: Command): Command =>
  command
    .addOption(
      new Option('--size <name>', 'partitions, copies and how many must acknowledge').choices(Object.keys(SIZES)),
    )
    .option(
      '--partitions <n>',
      `of telemetry, requests and facts, where a topic is made: ${SIZES.small.partitions} unless said, ${SHARDS} at most`,
      countFrom(1, SHARDS),
    )
    .option(
      '--replicas <n>',
      'copies of each partition, where a topic is made; as the broker does unless said',
      countFrom(1),
    )
    .option(
      '--min-insync <n>',
      'copies that must have a record before it counts; as the broker does unless said',
      countFrom(1),
    );

/** The size meant: what was said alone wins over the name's. Copies are the broker's when neither says. */
export const sizeOf = ({ size, ...said }: SizeFlags): Pick<Size, 'partitions'> & Partial<Size> => {
  const named = size === undefined ? { partitions: SIZES.small.partitions } : SIZES[size];
  const { partitions = named.partitions, replicas, minInsync } = said;
  return {
    ...named,
    partitions,
    ...(replicas === undefined ? {} : { replicas }),
    ...(minInsync === undefined ? {} : { minInsync }),
  };
};
