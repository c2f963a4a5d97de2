import type { Command } from 'commander';
import { print, printJson, table } from '../../../../cli/src/terminal/index.js';
import { readLine } from '../mutations/read-line.js';
import { findPack } from '../truth/pack.js';
import { recordedSets, withoutKind, type RecordedSet } from './data-sets.js';
import { agreementWith, type FieldAgreement } from './oracle.js';

type SetReading = {
  name: string;
  kind: string;
  events: number;
  classZero: number;
  nothingKnown: number;
  timeMissing: number;
  noEntity: number;
  dead: number;
  /** Dead letters by code. */
  reasons: Record<string, number>;
};

const readingOf = ({ name, kind, messages }: RecordedSet): SetReading => {
  const read = messages.map((message) => readLine({ kind }, message));
  const events = read.flatMap((one) => one.events);
  const rejected = read.flatMap((one) => one.rejected);
  const flagged = (flag: string): number => events.filter(({ flags }) => flags.includes(flag)).length;
  const reasons: Record<string, number> = {};
  for (const { code } of rejected) reasons[code] = (reasons[code] ?? 0) + 1;
  return {
    ...{ name, kind, events: events.length },
    classZero: events.filter(({ ocsf }) => ocsf.classUid === 0).length,
    nothingKnown: flagged('nothing-known'),
    timeMissing: flagged('time-missing'),
    noEntity: events.filter(({ entity }) => entity.endsWith(':unknown')).length,
    dead: rejected.length,
    reasons,
  };
};

const told = (fields: readonly FieldAgreement[]): void => {
  print(
    table(
      ['product', 'field', 'agree', 'of'],
      fields.map(({ product, field, agree, of }) => [product, field, agree, of]),
    ),
  );
  for (const { product, field, unlike } of fields) for (const one of unlike) print(`${product} ${field}: ${one}`);
};

const runReadings = async ({ data, json }: { data?: string; json: boolean }): Promise<void> => {
  const pack = findPack(data);
  const sets = recordedSets(pack).map(readingOf);
  const unread = withoutKind(pack);
  const oracle = agreementWith(pack);
  if (json) return printJson({ sets, withoutKind: unread, oracle });
  print(
    table(
      ['events of', 'kind', 'events', 'class 0', 'nothing known', 'no time', 'no entity', 'dead', 'why'],
      sets.map((one) => [
        ...[one.name, one.kind, one.events, one.classZero, one.nothingKnown, one.timeMissing, one.noEntity, one.dead],
        Object.entries(one.reasons)
          .map(([code, count]) => `${code} ${count}`)
          .join(', '),
      ]),
    ),
  );
  const count = unread.reduce((sum, { events }) => sum + events, 0);
  print(`${count} labelled events of ${unread.length} products that no kind of source is for`);
  told(oracle.fields);
  print(`no kind of source is for the oracle's ${oracle.withoutKind.join(', ')}`);
};

/** bench readings */
export const addReadings = (bench: Command): void => {
  bench
    .command('readings')
    .description(
      'what becomes of the events of real systems beside the checkout, by set: class, time, entity, dead letters and why; and agreement with another product, field by field',
    )
    .option('--data <folder>', 'the folder of recordings; without it, ../shared/data beside the checkout')
    .option('--json', 'print as JSON', false)
    .action(runReadings);
};
