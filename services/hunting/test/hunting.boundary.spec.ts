import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyRequestDraft, HuntAsk, HuntFinished, HuntPage, TelemetryEnriched, TelemetryEvent } from '#contracts';
import { encode, retryTopic, toRecord } from '#libs/events';
import { startWorld, type World } from '#libs/testing';
import { hunting } from '../src/hunting.module.js';
import { idsInLake } from '../src/lake/ids.js';

const noon = Date.UTC(2026, 10, 2, 12);

const eventOf = (id: string, user: string): TelemetryEvent => ({
  id,
  occurredAt: noon,
  ingestedAt: noon,
  entity: 'host:ws1',
  observables: [],
  flags: [],
  partition: 0,
  offset: 1,
  index: 0,
  native: Buffer.from(`{"id":"${id}"}`),
  ocsf: { categoryUid: 1, classUid: 1007, activityId: 1, severityId: 1, message: 'm', actor: { userName: user } },
});
const enriched = (user: string, ...ids: string[]): TelemetryEnriched => ({
  type: 'telemetry.enriched',
  context: [],
  complete: true,
  batch: encode({
    type: 'telemetry.normalized',
    source: 'edr',
    kind: 'WINDOWS',
    events: ids.map((id) => eventOf(id, user)),
  }),
});
const ask = (huntId: string, user: string): HuntAsk => ({
  type: 'hunt.ask',
  huntId,
  hypothesis: `${user} was here`,
  technique: 'T1078',
  query: {
    from: noon - 1,
    to: noon + 1,
    source: 'edr',
    filters: [{ field: 'user', operator: 'EQUALS', value: user }],
    limit: 100,
  },
});

describe('hunting, Kafka in and Kafka out', () => {
  const lake = mkdtempSync(join(tmpdir(), 'lake-'));
  let world: World;
  beforeAll(async () => {
    world = await startWorld([hunting], {
      environment: { hunting: { LAKE_DIR: lake, LAKE_WAIT_MS: '100' } },
    });
  });
  afterAll(async () => {
    await world?.stop();
    rmSync(lake, { recursive: true });
  });

  const idsAre = (tenant: string, ...ids: string[]) =>
    world.until(`${ids.join()} in the lake`, async () => (await idsInLake(lake, tenant)).join() === ids.join());
  const answerTo = async (tenant: string, huntId: string) => {
    const of = <M extends HuntPage | HuntFinished>(type: M['type']) =>
      world
        .heard<M>(type, tenant)
        .map(({ message }) => message)
        .filter((one) => one.huntId === huntId);
    const [finished] = await world.until(
      'the end of the hunt',
      () => of<HuntFinished>('hunt.finished').length > 0 && of<HuntFinished>('hunt.finished'),
    );
    const pages = of<HuntPage>('hunt.page');
    return {
      finished,
      pages,
      ids: pages
        .flatMap(({ rows, columns }) =>
          rows.map((row) => (JSON.parse(String(row)) as unknown[])[columns.indexOf('id')]),
        )
        .sort(),
    };
  };

  it('keeps the events of each tenant', async () => {
    await world.say('acme', enriched('ada', 'a1', 'a2'));
    await world.say('acme', enriched('bob', 'b1'));
    await world.say('globex', enriched('ada', 'g1'));
    await idsAre('acme', 'a1', 'a2', 'b1');
    await idsAre('globex', 'g1');
  });

  it("answers a question from the tenant's own events", async () => {
    expect(await world.ask('acme', ask('h1', 'ADA'))).toMatchObject({ outcome: 'DONE' });
    expect(await answerTo('acme', 'h1')).toMatchObject({
      ids: ['a1', 'a2'],
      finished: { rows: 2, scanned: 3, failure: null, hypothesis: 'ADA was here' },
    });
    expect(world.heard('hunt.page', 'globex')).toEqual([]);
  });

  it('finds nothing, and says so', async () => {
    await world.ask('globex', ask('h2', 'bob'));
    expect(await answerTo('globex', 'h2')).toMatchObject({
      ids: [],
      finished: { rows: 0, scanned: 1 },
      pages: [{ last: true }],
    });
  });

  it('refuses a column that is none, and answers by others', async () => {
    const query = {
      ...ask('h3', 'x').query,
      filters: [{ field: 'user OR 1=1', operator: 'EQUALS' as const, value: 'x' }],
    };
    expect(await world.ask('acme', { ...ask('h3', 'x'), query })).toMatchObject({
      outcome: 'REFUSED',
      code: 'NO_SUCH_COLUMN',
    });
    const page: AnyRequestDraft = {
      type: 'hunt.record-page',
      huntId: 'h1',
      page: 2,
      columns: [],
      rows: [],
      last: true,
      scanned: 0,
      elapsedMs: 0,
    };
    await expect(world.ask('acme', page)).rejects.toThrow('gateway does not put hunt.record-page for people');
  });

  it('keeps and answers the same when everything is delivered once more', async () => {
    await world.rewind('hunting', 'lake');
    await world.rewind('hunting', 'effects');
    await world.say('acme', enriched('ada', 'a3'));
    await idsAre('acme', 'a1', 'a2', 'a3', 'b1');
    await world.ask('acme', ask('h4', 'ada'));
    expect((await answerTo('acme', 'h4')).ids).toEqual(['a1', 'a2', 'a3']);
    expect((await answerTo('acme', 'h1')).ids).toEqual(['a1', 'a2']);
  });

  it('keeps what was set aside and is replayed', async () => {
    const record = toRecord(
      { id: 'again', type: 'telemetry.enriched', source: 'enrichment', subject: 'edr', time: noon, tenant: 'globex' },
      enriched('ada', 'g2'),
    );
    await world.publisher.send([{ ...record, topic: retryTopic('hunting') }]);
    await idsAre('globex', 'g1', 'g2');
    expect(world.deadLetters('hunting')).toEqual([]);
  });

  it('sets aside what it cannot read and goes on', async () => {
    await world.publisher.send([
      { topic: 'vigie.telemetry.enriched', key: 'acme/0', value: Buffer.from('broken'), headers: {} },
    ]);
    await world.say('acme', enriched('ada', 'a4'));
    await idsAre('acme', 'a1', 'a2', 'a3', 'a4', 'b1');
    await world.until('the dead letter', () => world.deadLetters('hunting').length === 1);
  });
});
