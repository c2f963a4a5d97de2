import type { Command } from 'commander';
import type { Broker } from '#libs/events';
import { Refused } from '#libs/model';
import { definitions } from '../pages/definitions.js';
import { countFrom, oneOf } from '../terminal/flags.js';
import {
  eachLetter,
  replayLetter,
  type LetterFilter,
  type LetterReplay,
  type ToldLetter,
} from '../kafka/dead-letters.js';
import { withBroker } from '../kafka/provision.js';
import { isAgreed } from '../terminal/agreement.js';
import { print, printJson, table } from '../terminal/print.js';
import { openStack } from '../gateway/session.js';

interface LetterFlags extends LetterFilter {
  json: boolean;
}

interface LetterListFlags extends LetterFlags {
  limit: number;
  skip: number;
}

interface LetterReplayFlags extends LetterFlags {
  yes: boolean;
}

const rowOf = ({
  letter: {
    id,
    service,
    tenant,
    code,
    sentence,
    count,
    ranges,
    original: { topic, partition, offset, value },
  },
  setAsideAt,
}: ToldLetter) => ({
  id,
  service,
  tenant,
  code,
  sentence,
  count,
  ...(ranges ? { ranges } : {}),
  topic,
  partition,
  offset,
  bytes: value.length,
  at: new Date(setAsideAt).toISOString(),
});
type LetterRow = ReturnType<typeof rowOf>;

/** How many letters, and losses they stand for, of each tenant. */
const totalsOf = (rows: LetterRow[]): { tenant: string; letters: number; lost: number }[] => {
  const totals = new Map<string, { tenant: string; letters: number; lost: number }>();
  for (const { tenant, count } of rows) {
    const known = totals.get(tenant) ?? { tenant, letters: 0, lost: 0 };
    totals.set(tenant, { tenant, letters: known.letters + 1, lost: known.lost + count });
  }
  return [...totals.values()].sort((a, b) => b.lost - a.lost);
};

const list = async ({ json, limit, skip, ...wanted }: LetterListFlags): Promise<void> => {
  const rows: LetterRow[] = [];
  await withBroker(await openStack(), (broker) => eachLetter(broker, wanted, (told) => void rows.push(rowOf(told))));
  rows.sort((a, b) => (a.at < b.at ? -1 : 1));
  const [from, to] = [skip, skip + limit];
  const page = rows.slice(from, to);
  if (json) return printJson(page);
  if (rows.length === 0) return print('no dead letters');
  print(
    table(
      ['id', 'service', 'tenant', 'lost', 'place', 'code', 'why'],
      page.map((row) => [
        row.id,
        row.service,
        row.tenant,
        row.count,
        `${row.topic}/${row.partition} ${row.offset}`,
        row.code,
        row.sentence,
      ]),
    ),
  );
  for (const { tenant, letters, lost } of totalsOf(rows))
    print(`${tenant || '(no tenant)'}: ${letters} letters, ${lost} lost`);
  if (rows.length > to) print(`${page.length} of ${rows.length} letters; the next: --skip ${to}`);
};

/** How many letters are meant, and how many losses they stand for. */
const countedOf = async (broker: Broker, wanted: LetterFilter): Promise<{ letters: number; lost: number }> => {
  const counted = { letters: 0, lost: 0 };
  await eachLetter(broker, wanted, ({ letter }) => {
    counted.letters += 1;
    counted.lost += letter.count;
  });
  return counted;
};

const sendAgain = async (broker: Broker, wanted: LetterFilter): Promise<LetterReplay> => {
  const told: LetterReplay = { sent: 0, left: [] };
  const letters: ToldLetter[] = [];
  const publisher = broker.publisher();
  const add = async (letter: ToldLetter): Promise<void> => {
    const { sent, left } = await replayLetter(broker, letter, (records) => publisher.send(records));
    told.sent += sent;
    told.left.push(...left);
  };
  // Those that stand for others are read from their topics after these topics are read: they hold no bytes.
  await eachLetter(broker, wanted, (one) => (one.letter.ranges ? void letters.push(one) : add(one)));
  for (const letter of letters) await add(letter);
  await publisher.close();
  return told;
};

const replay = async ({ json, yes, ...wanted }: LetterReplayFlags): Promise<void> =>
  withBroker(await openStack(), async (broker) => {
    if (!yes) {
      const { letters, lost } = await countedOf(broker, wanted);
      if (letters === 0) return json ? printJson({ sent: 0, left: [] }) : print('no dead letters');
      const question = `send ${letters} dead letters (${lost} lost) to their services again?`;
      if (!(await isAgreed(question)))
        throw new Refused(`nothing was sent; ${question} Then say so, or --yes`, 'NOT_SENT');
    }
    const told = await sendAgain(broker, wanted);
    if (json) return printJson(told);
    print(`${told.sent} records sent again${told.left.length > 0 ? `, ${told.left.length} left:` : ''}`);
    for (const { id, reason } of told.left) print(`  ${id}: ${reason}`);
  });

const filtered = (command: Command): Command =>
  command
    .option('--service <name>', 'set aside by this service', oneOf(definitions.map(({ name }) => name)))
    .option('--tenant <id>', 'of this tenant')
    .option('--code <code>', 'with this reason')
    .option('--id <id>', 'this one')
    .option('--json', 'print as JSON', false);

/** dead-letters list, dead-letters replay */
export const defineDeadLetters = (letters: Command): void => {
  filtered(
    letters.command('list').description('name each with its coordinates, its reason and how many losses it stands for'),
  )
    .option('--limit <count>', 'letters of a page, oldest first', countFrom(1), 100)
    .option('--skip <count>', 'letters before the page', countFrom(0), 0)
    .action(list);
  filtered(
    letters
      .command('replay')
      .description(
        'send them again, once the cause is mended; those of letters that stand for many, from where they lie. It asks first; what was sent again is listed only if it fails again',
      ),
  )
    .option('--yes', 'do not ask', false)
    .action(replay);
};
