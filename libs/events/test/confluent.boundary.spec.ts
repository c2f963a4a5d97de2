import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureAcls, ensureTopics, ingestTopicSpec, type Broker } from '#libs/events';
import { listen, startTestStack, until, type TestStack } from './stack.js';

const PYTHON = process.env.VIGIE_PYTHON ?? 'python3';
const isThere = spawnSync(PYTHON, ['-c', 'import confluent_kafka']).status === 0;
const COUNT = 3_000;
const USER = 'partner.acme.py';
const TOPIC = 'ingest.acme.py';

/** pip install confluent-kafka, in an environment whose interpreter VIGIE_PYTHON names. */
(isThere ? describe : describe.skip)('confluent-kafka (skipped where Python has none)', () => {
  let world: TestStack;
  let broker: Broker;
  beforeAll(async () => {
    world = await startTestStack([USER]);
    broker = world.connect('tester');
    await ensureTopics(broker, [ingestTopicSpec('acme', 'py')]);
    await ensureAcls(
      broker,
      (['WRITE', 'DESCRIBE'] as const).map((operation) => ({
        principal: USER,
        operation,
        resource: 'TOPIC' as const,
        name: TOPIC,
        pattern: 'LITERAL' as const,
      })),
    );
  });
  afterAll(() => world?.stop());

  /** What the broker confirmed. */
  const produce = (compression: string): { confirmed: string[]; ended: Promise<number | null> } => {
    const confirmed: string[] = [];
    const { username, password } = world.stack.userFor(USER);
    const args = [compression, TOPIC, world.stack.partnerBrokers.join(), username, String(COUNT)];
    const python = spawn(PYTHON, [join(__dirname, 'confluent-producer.py'), ...args], {
      env: { ...process.env, VIGIE_PASSWORD: password },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    python.stdout.on('data', (text: Buffer) => confirmed.push(...String(text).trim().split('\n')));
    const ended = new Promise<number | null>((done) => {
      python.once('close', done);
    });
    return { confirmed, ended };
  };

  it('loses nothing and doubles nothing, by any compression, while the broker is killed and started again', async () => {
    const { heard, texts, consumption } = listen(broker, [TOPIC]);
    await consumption.ready();
    const runs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'].map(produce);
    await until('some of each', () => runs.every(({ confirmed }) => confirmed.length > 200), 60_000);
    await world.stack.killBroker();
    await world.stack.startBroker();
    expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual([0, 0, 0, 0, 0]);
    await until('all of it', () => new Set(texts()).size === runs.length * COUNT, 60_000);
    // This client may hear a record twice when the broker comes back; it lies there once.
    expect(new Set(heard.map(({ partition, offset }) => `${partition}/${offset}`)).size).toBe(runs.length * COUNT);
    await consumption.stop();
  }, 300_000);
});
