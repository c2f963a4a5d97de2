import type { Command } from 'commander';
import type { Broker } from '#libs/events';
import { Refused } from '#libs/model';
import { definitions } from '../pages/definitions.js';
import { countFrom, oneOf } from '../terminal/flags.js';
import { eachLetter, type LetterFilter, type ToldLetter } from '../kafka/dead-letters.js';
import { replayLetters } from '../kafka/replay-letters.js';
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
  again: boolean;
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
  failed,
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
  failedAgain: failed,
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
      ['id', 'service', 'tenant', 'lost', 'sent again', 'place', 'code', 'why'],
      page.map((row) => [
        row.id,
        row.service,
        row.tenant,
        row.count,
        row.failedAgain === 0 ? '' : `failed ${row.failedAgain} ×`,
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

/** How many letters are meant, and how many losses they stand for; those that are left are counted apart. */
const countedOf = async (
  broker: Broker,
  wanted: LetterFilter,
  again: boolean,
): Promise<{ letters: number; lost: number; failed: number }> => {
  const counted = { letters: 0, lost: 0, failed: 0 };
  await eachLetter(broker, wanted, ({ letter, failed }) => {
    if (failed > 0 && !again) return void (counted.failed += 1);
    counted.letters += 1;
    counted.lost += letter.count;
  });
  return counted;
};

const failedText = (failed: number): string =>
  failed === 0 ? '' : `; ${failed} that failed when they were sent again are left: --again sends them once more`;

/** @throws Refused when nobody says yes. @returns whether there is anything to send. */
const agreedTo = async (broker: Broker, wanted: LetterFilter, { json, again }: LetterReplayFlags): Promise<boolean> => {
  const { letters, lost, failed } = await countedOf(broker, wanted, again);
  if (letters === 0) {
    if (json) printJson({ sent: 0, left: [], failed });
    else print(`no dead letters${failedText(failed)}`);
    return false;
  }
  const question = `send ${letters} dead letters (${lost} lost) to their services again${failedText(failed)}?`;
  if (await isAgreed(question)) return true;
  throw new Refused(`nothing was sent; ${question} Then say so, or --yes`, 'NOT_SENT');
};

const replay = async (flags: LetterReplayFlags): Promise<void> => {
  const { json, yes, again, ...wanted } = flags;
  const stack = await openStack();
  await withBroker(stack, async (broker) => {
    if (!yes && !(await agreedTo(broker, wanted, flags))) return;
    const publisher = broker.publisher();
    const place = { broker, mongoUrl: stack.mongoUrl };
    const told = await replayLetters(place, { ...wanted, again }, (records) => publisher.send(records)).finally(() =>
      publisher.close(),
    );
    if (json) return printJson(told);
    const left = told.left.length > 0 ? `, ${told.left.length} left:` : '';
    print(`${told.sent} records sent again${failedText(told.failed)}${left}`);
    for (const { id, reason } of told.left) print(`  ${id}: ${reason}`);
  });
};

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
        'send them again, once the cause is mended; those of letters that stand for many, from where they lie. It asks first, goes on one at a time, and sends each once: what fails again is listed, and left unless --again',
      ),
  )
    .option('--yes', 'do not ask', false)
    .option('--again', 'also those that failed when they were sent again before', false)
    .action(replay);
};
