import type { Command } from 'commander';
import { endOffsets, listTopics } from '#libs/events';
import { topologyOf } from '#libs/service';
import { definitions } from '../pages/definitions.js';
import { adminBroker } from '../kafka/provision.js';
import { print, printJson, table } from '../terminal/print.js';
import { openStack } from '../gateway/session.js';
import { addGrow } from './topics-grow.js';

const named = (topic: string, known: string): boolean =>
  topic === known || (known.endsWith('.') && topic.startsWith(known));

const runTopics = async ({ json }: { json: boolean }): Promise<void> => {
  const stack = await openStack();
  const broker = adminBroker(stack);
  try {
    const topics = (await listTopics(broker)).filter((topic) => !topic.startsWith('__'));
    const rooms = definitions.map(topologyOf);
    const rows = await Promise.all(
      topics.map(async (topic) => ({
        topic,
        messages: Object.values(await endOffsets(broker, topic)).reduce((sum, end) => sum + Number(end), 0),
        says: rooms.filter(({ says }) => says.some((known) => named(topic, known))).map(({ service }) => service),
        hears: rooms.filter(({ hears }) => hears.some((known) => named(topic, known))).map(({ service }) => service),
      })),
    );
    if (json) return printJson(rows);
    print(
      table(
        ['topic', 'messages', 'said by', 'heard by'],
        rows.map((row) => [row.topic, row.messages, row.says.join(' '), row.hears.join(' ')]),
      ),
    );
  } finally {
    await broker.close();
  }
};

/** topics [list | grow] */
export const defineTopics = (topics: Command): void => {
  topics
    .command('list', { isDefault: true })
    .description('what is in which topic, who says it and who hears it')
    .option('--json', 'print as JSON', false)
    .action(runTopics);
  addGrow(topics);
};
