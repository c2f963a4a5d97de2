import { until } from '#libs/testing';
import type { PlayedStory } from '../played-story.js';
import { letterOf } from './dead-letter.js';
import { ordinaryEvent, post, sendAsPartner, TENANT } from './partner.js';

const MIB = 1024 * 1024;

interface Intake {
  accepted: number;
  dead: number;
}
const intake = async ({ stage }: PlayedStory): Promise<Intake> => {
  const found = await stage.analyst.ask<{ intake: Intake[] }>(
    'query($tenant: ID!) { intake(tenant: $tenant) { accepted dead } }',
    { tenant: TENANT },
  );
  return found.intake[0] ?? { accepted: 0, dead: 0 };
};

/** Bad and good together: the bad becomes dead letters with these codes, the good is accepted. */
export const badTelemetry = (story: () => PlayedStory): void => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(ordinaryEvent(), 'utf16le')]);
  const bad: [string, Buffer, string][] = [
    ['malformed JSON', Buffer.from('{"EventID": 1, "Image":'), 'NOT_JSON'],
    ['JSON that is no object', Buffer.from('42'), 'NOT_AN_OBJECT'],
    ['UTF-16', utf16, 'WRONG_ENCODING'],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 'WRONG_ENCODING'],
    ['gzip', Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00]), 'COMPRESSED'],
    ['JSON nested too deeply', Buffer.from(`{"a":${'['.repeat(200)}${']'.repeat(200)}}`), 'TOO_DEEP'],
  ];
  it.each(bad)('%s becomes a dead letter, and the next event is accepted', async (_what, value, code) => {
    const before = await intake(story());
    await sendAsPartner(story(), [value, Buffer.from(ordinaryEvent())]);
    await until('the receipt', async () => {
      const now = await intake(story());
      return now.accepted === before.accepted + 1 && now.dead === before.dead + 1;
    });
    const { tenant } = await letterOf(
      story(),
      'collection',
      code,
      (one) => one.code === code && one.original.value.equals(value),
    );
    expect(tenant).toBe(TENANT);
  });

  it('a line of 20 MB is refused by HTTP with a code, and the next request is accepted', async () => {
    const { accepted } = await intake(story());
    const answer = await post(
      story(),
      Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(20 * MIB, 'x'), Buffer.from('"}')]),
    );
    expect(answer).toEqual({ status: 413, code: expect.any(String) });
    expect((await post(story(), ordinaryEvent())).status).toBe(202);
    await until('the event', async () => (await intake(story())).accepted === accepted + 1);
  });

  it("a Kafka message over the topic's limit is refused by name, and the next is accepted", async () => {
    const { accepted } = await intake(story());
    await expect(sendAsPartner(story(), [Buffer.alloc(2 * MIB, 'x')])).rejects.toThrow(/its topic takes|too large/i);
    await sendAsPartner(story(), [Buffer.from(ordinaryEvent())]);
    await until('the event', async () => (await intake(story())).accepted === accepted + 1);
  });
};
