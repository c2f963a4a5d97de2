import type { Command } from 'commander';
import { deadLetterTopic, readDeadLetter, SERVICES, toRetry, type DeadLetter } from '#libs/events';
import { readAll } from '../read-all.js';
import { adminBroker } from '../provision.js';
import { print, printJson, table } from '../screen.js';
import { openSession } from '../session.js';

interface Flags {
  service?: string;
  tenant?: string;
  code?: string;
  json: boolean;
}

const wanted = ({ service, tenant, code }: Flags) => (letter: DeadLetter): boolean =>
  (!service || letter.service === service) && (!tenant || letter.tenant === tenant) && (!code || letter.code === code);

const run = async (flags: Flags, replay: boolean): Promise<void> => {
  const { stack } = await openSession();
  const broker = adminBroker(stack);
  try {
    const records = await readAll(broker, SERVICES.map(deadLetterTopic));
    const letters = records.map(readDeadLetter).filter(wanted(flags));
    if (replay) {
      const publisher = broker.publisher();
      await publisher.send(letters.filter(({ cut }) => !cut).map(toRetry));
      await publisher.close();
      return print(`${letters.filter(({ cut }) => !cut).length} dead letters sent again${letters.some(({ cut }) => cut) ? `, ${letters.filter(({ cut }) => cut).length} left: their bytes were too large to keep` : ''}`);
    }
    const rows = letters.map(({ service, tenant, code, sentence, original }) => ({ service, tenant, code, sentence, topic: original.topic, partition: original.partition, offset: original.offset, bytes: original.value.length }));
    if (flags.json) return printJson(rows);
    print(rows.length ? table(['service', 'tenant', 'topic', 'offset', 'code', 'why'], rows.map((row) => [row.service, row.tenant, `${row.topic}/${row.partition}`, row.offset, row.code, row.sentence])) : 'no dead letters');
  } finally {
    await broker.close();
  }
};

/** dead-letters list, dead-letters replay */
export const addDeadLetters = (program: Command): void => {
  const letters = program.command('dead-letters').description('what could not be read');
  for (const [name, does, replay] of [['list', 'name each with its coordinates and the reason', false], ['replay', 'send them again, once the cause is mended', true]] as const) {
    letters.command(name).description(does)
      .option('--service <name>', 'set aside by this service')
      .option('--tenant <id>', 'of this tenant')
      .option('--code <code>', 'with this reason')
      .option('--json', 'print as JSON', false)
      .action((flags: Flags) => run(flags, replay));
  }
};
