import { ensureTopics } from '#libs/events';
import { openLog } from '#libs/service';
import { openStore } from '#libs/store';
import { attachStack, startStack, type Stack } from '#stack';
import { dropVolumes } from '../../tools/stack/src/containers.js';
import { projectOf } from '../../tools/stack/src/docker.js';
import { adminBroker, readAll } from '../../cli/src/index.js';
import { mustBe } from '../k8s/checks.js';
import { docker } from './engine.js';

const TOPIC = 'kept';
const AT = { topic: TOPIC, partition: 0 };

/** Says a text on the broker and keeps it in the store. */
const say = async (stack: Stack, text: string): Promise<void> => {
  const broker = adminBroker(stack);
  const store = await openStore({ url: stack.mongoUrl, service: 'stack', log: openLog('stack', 'silent') });
  try {
    await ensureTopics(broker, [{ topic: TOPIC, partitions: 1, config: {} }]);
    const publisher = broker.publisher();
    await publisher.send([{ topic: TOPIC, key: null, value: Buffer.from(text), headers: {} }]);
    await publisher.close();
    await store.saveCheckpoint({ ...AT, offset: '1', epoch: 1, bytes: Buffer.from(text) });
  } finally {
    await broker.close();
    await store.close();
  }
};

/** What is left of it, of both. */
const left = async (stack: Stack): Promise<string> => {
  const broker = adminBroker(stack);
  const store = await openStore({ url: stack.mongoUrl, service: 'stack', log: openLog('stack', 'silent') });
  try {
    const said = (await readAll(broker, [TOPIC])).map(({ value }) => value.toString());
    const kept = (await store.loadCheckpoint(AT.topic, AT.partition))?.bytes.toString();
    return `${said.join(', ')} and ${kept ?? 'nothing'}`;
  } finally {
    await broker.close();
    await store.close();
  }
};

/** What developers get of `tools/stack` where an engine answers: started, killed, stopped, started again, gone. */
export const useOwnStack = async (dir: string): Promise<void> => {
  process.env.VIGIE_STACK = 'docker';
  const project = projectOf(dir);
  try {
    const first = await startStack({ dir, users: ['acme'] });
    mustBe(first.kind, 'docker', 'its kind');
    await say(first, 'before');
    await Promise.all([first.killBroker(), first.killStore()]);
    await Promise.all([first.startBroker(), first.startStore()]);
    mustBe(await left(first), 'before and before', 'after kill -9');
    await first.stop();
    mustBe(await attachStack(dir), undefined, 'what runs after its end');
    const again = await startStack({ dir });
    mustBe(again.userFor('acme').password, first.userFor('acme').password, 'a password');
    mustBe(await left(again), 'before and before', 'started again');
  } finally {
    await (await attachStack(dir))?.stop();
    await dropVolumes(project, ['kafka', 'mongo']);
    delete process.env.VIGIE_STACK;
  }
  mustBe(
    (await docker(['ps', '--all', '--quiet', '--filter', `label=vigie.stack=${project}`])).trim(),
    '',
    'what is left',
  );
};
