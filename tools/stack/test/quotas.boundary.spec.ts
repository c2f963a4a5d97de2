import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBroker } from '#libs/events';
import { clientQuotaOf, putClientQuota, startStack } from '#stack';
import { allowWrite, createTopics } from './clients.js';

jest.setTimeout(120_000);

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const MIB = 1_048_576;

it('lets a partner that is too fast wait, and nobody else', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'vigie-quotas-'));
  const stack = await startStack({ dir, users: ['partner.fast', 'partner.slow'] });
  try {
    const broker = stack.brokers[0] ?? '';
    await createTopics(stack, ['fast', 'slow']);
    for (const name of ['fast', 'slow']) await allowWrite(stack, `partner.${name}`, name);
    const quota = { producerBytesPerSecond: 200_000, requestPercentage: 150 };
    expect(await clientQuotaOf(broker, stack.admin, 'partner.fast')).toEqual({});
    await putClientQuota(stack.brokers, stack.admin, 'partner.fast', quota);
    expect(await clientQuotaOf(broker, stack.admin, 'partner.fast')).toEqual(quota);
    expect(await clientQuotaOf(broker, stack.admin, 'partner.slow')).toEqual({});
    await expect(putClientQuota(stack.brokers, stack.userFor('partner.fast'), 'partner.fast', quota)).rejects.toThrow(
      'quota of partner.fast',
    );
    /** Milliseconds for twelve sends of half a MiB, one after the other. */
    const timed = async (name: string): Promise<number> => {
      const connection = connectBroker({
        brokers: stack.partnerBrokers,
        ...stack.userFor(`partner.${name}`),
        clientId: name,
        log: quiet,
      });
      const publisher = connection.publisher();
      const began = performance.now();
      for (let count = 0; count < 12; count += 1)
        await publisher.send([{ topic: name, key: null, value: Buffer.alloc(MIB / 2), headers: {} }]);
      const elapsed = performance.now() - began;
      await connection.close();
      return elapsed;
    };
    const [fast, slow] = await Promise.all([timed('fast'), timed('slow')]);
    // 6 MiB at 200 kB/s are half a minute; what passed before is counted over ten seconds.
    expect(fast).toBeGreaterThan(10_000);
    expect(slow).toBeLessThan(5_000);
  } finally {
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
});
