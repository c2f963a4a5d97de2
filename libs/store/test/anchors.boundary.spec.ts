import { DAY_MS } from '#libs/terms';
import type { Commit } from '../src/collections.js';
import { A, ANCHORS, anchoredStores, anchorsOn, at, check, NOON, put, set } from './anchored-stores.js';
import { add, counter } from './counter.js';
import { answersEnd } from './retention.js';

const { lived } = anchoredStores('anchors');

it('holds as it was written; one anchor a day of each tenant and subject, whoever makes it and how often', async () => {
  const place = await lived();
  expect(
    place.anchors.map(({ tenant, subject, day, number, streams, commits }) => [
      tenant,
      subject,
      day,
      number,
      streams,
      commits,
    ]),
  ).toEqual([
    ['acme', 'counter', '2026-11-02', 1, 2, 5],
    ['umbra', 'counter', '2026-11-02', 1, 1, 1],
    ['acme', 'counter', '2026-11-03', 2, 3, 8],
    ['umbra', 'counter', '2026-11-03', 2, 1, 1],
  ]);
  const replicas = await Promise.all([place.again(), place.again(), place.again()]);
  const day = NOON + 2 * DAY_MS;
  const made = (await Promise.all(replicas.map((store) => anchorsOn(store, day)))).flat();
  expect(made.map(({ tenant }) => tenant).sort()).toEqual(['acme', 'umbra']);
  expect(await anchorsOn(place.store, day + 1_000)).toEqual([]);
  expect(await check(place)).toMatchObject({
    problems: [],
    more: 0,
    streams: 4,
    commits: 11,
    anchors: 3,
    lastAnchorAt: day,
  });
  expect(
    await place.store.chain.compare(
      'acme',
      place.sent.filter(({ envelope }) => envelope.tenant === 'acme'),
    ),
  ).toEqual([]);
});

it('covers missed days with one anchor, and a new subject on the day it comes', async () => {
  const place = await lived();
  await put(place.store, NOON + 9 * DAY_MS, 'd');
  const day = NOON + 9 * DAY_MS + 1;
  await anchorsOn(place.store, day);
  const hunts = { ...counter, subject: 'hunt' };
  await place.store.execute(hunts, [add('h', 1, { now: day })]);
  expect(
    (await anchorsOn(place.store, day + 60_000)).map(({ subject, number, streams }) => [subject, number, streams]),
  ).toEqual([['hunt', 1, 1]]);
  expect((await check(place)).problems).toEqual([]);
});

it('reads commits of the older form as they are, and goes on from them in the newer', async () => {
  const place = await lived();
  await place.anchored.deleteMany({});
  await place.commits.deleteMany({ streamId: ANCHORS });
  const older = ({ requests }: Commit): Partial<Commit> => ({
    chain: undefined,
    requests: requests.map(({ personalSalt: _salt, personalDigest: _digest, ...rest }) => rest),
  });
  await place.rewrite('counter/acme/a', 1, older);
  const released = await place.again();
  expect((await check({ store: released })).problems).toEqual([]);
  await put(released, NOON + DAY_MS + 2, 'a');
  await anchorsOn(released, NOON + DAY_MS + 3);
  expect((await place.commits.find({ streamId: A }).sort({ version: 1 }).toArray()).map(({ chain }) => chain)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    2,
  ]);
  expect((await check({ store: released })).problems).toEqual([]);
  await released
    .facts('acme')
    .erase({ by: { subject: 'dora', side: 'PROVIDER' }, reason: 'asked for', now: NOON + DAY_MS + 4, backups: [] });
  expect((await check({ store: released })).problems).toEqual([]);
  await set(at('a', 3), { 'facts.0.digest': Buffer.alloc(32) })(place);
  expect((await check({ store: released })).problems).toEqual([
    { streamId: A, version: 3, problem: expect.stringContaining('does not fit the chain') },
  ]);
});

describe('retention', () => answersEnd(lived));
