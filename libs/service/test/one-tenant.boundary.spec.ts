import type { CaseAddNote, CaseCustomerNotified, CaseNoteAdded, CaseNotifyCustomer } from '#contracts';
import { idOf, type Decider, type Effect, type Reaction, type Typed, type View } from '#libs/model';
import { defineService, openLog, openWorkers } from '#libs/service';
import { retryTopic, toRecord, type OutRecord } from '#libs/events';
import { openStore, type Store, type TakenEffect } from '#libs/store';
import { startWorld, type World } from '#libs/testing';

/** What each poison breaks stands in the note's text; tenant umbra writes the same notes without it. */
type NotifyRequest = CaseAddNote | CaseNotifyCustomer;
type Fact = CaseNoteAdded | CaseCustomerNotified;
const shown = (text: string): string => text.slice(0, 80);

const notes: Decider<number, NotifyRequest, Fact> = {
  subject: 'case',
  version: 1,
  key: ({ caseId }) => {
    if (caseId === 'nameless') throw new TypeError('no key');
    return caseId;
  },
  initial: () => 0,
  evolve: (count) => count + 1,
  decide: (request, _count, { requestId, actor: by, now: at }) =>
    request.type === 'case.add-note'
      ? [{ type: 'case.note-added', caseId: request.caseId, noteId: idOf(requestId), text: request.text, by, at }]
      : [
          {
            type: 'case.customer-notified',
            caseId: request.caseId,
            contact: shown(request.contact),
            channel: request.channel,
            by,
            at,
          },
        ],
};
/** What the page of cases lets it ask itself, with a text of any size. */
const advise = (caseId: string, contact: string): CaseNotifyCustomer => ({
  type: 'case.notify-customer',
  caseId,
  contact,
  channel: 'mail',
});
const reacting: Reaction<CaseNoteAdded, NotifyRequest> = {
  name: 'reacting',
  hears: ['case.note-added'],
  react: ({ message: { caseId, text } }) => {
    if (text === 'breaks the reaction') throw new TypeError('unlucky');
    return [{ request: advise(caseId, text === 'asks too much' ? 'x'.repeat(4_300_000) : `reaction: ${shown(text)}`) }];
  },
};
const view: View<{ texts: string[] }, CaseNoteAdded> = {
  name: 'notes',
  hears: ['case.note-added'],
  keys: ({ message }) => [message.caseId],
  show: (doc, { message: { text } }) => {
    if (text === 'breaks the view') throw new TypeError('unlucky');
    return { texts: [...(doc?.texts ?? []), shown(text)] };
  },
};
const performed: string[] = [];
let mended = false;
const effect: Effect<CaseNoteAdded, NotifyRequest> = {
  name: 'effect',
  hears: ['case.note-added'],
  atOnce: 2,
  perform: async ({ envelope: { tenant }, message: { caseId, text } }, _settings, { resumed }) => {
    performed.push(`${tenant} ${shown(text)}${resumed ? ' resumed' : ''}`);
    if (text === 'breaks the effect' && !mended) throw new TypeError('no secrets file');
    if (text.startsWith('hangs') && !mended) await new Promise(() => undefined);
    return [{ request: advise(caseId, `effect: ${shown(text)}`) }];
  },
};
const service = defineService({
  name: 'cases',
  decides: [notes],
  reacts: [reacting],
  shows: [view],
  asks: ['case.notify-customer'],
  performs: () => [effect],
});

let world: World;
beforeAll(async () => {
  world = await startWorld([service]);
});
afterAll(() => world?.stop());

const note = (tenant: string, text: string, caseId = 'c1') =>
  world.ask(tenant, { type: 'case.add-note', caseId, text } as CaseAddNote);
const said = (tenant: string): string[] =>
  world.heard<CaseCustomerNotified>('case.customer-notified', tenant).map(({ message }) => message.contact);
const store = () => world.services.cases!.runtime.store;
const texts = async (tenant: string, key = 'c1') =>
  (await store().view<{ texts: string[] }>('notes').for(tenant).get(key))?.texts ?? [];

/** The service is ready after a restart, and does everything for umbra that it did before. */
const goesOn = async (text: string): Promise<void> => {
  await note('umbra', text);
  await world.until(
    `umbra is served: ${text}`,
    async () =>
      said('umbra').includes(`reaction: ${text}`) &&
      said('umbra').includes(`effect: ${text}`) &&
      (await texts('umbra')).includes(text),
  );
  await world.restart('cases');
  await note('umbra', `${text}, restarted`);
  await world.until(`umbra is served after a restart: ${text}`, () =>
    said('umbra').includes(`effect: ${text}, restarted`),
  );
};

describe('one poisonous thing of a tenant', () => {
  it('among requests is answered FAULT, or REFUSED when it is too large', async () => {
    expect(await note('acme', 'x', 'nameless')).toMatchObject({ outcome: 'FAULT' });
    expect(await note('acme', 'x', 'n'.repeat(600))).toMatchObject({ outcome: 'FAULT' });
    expect(await note('acme', 'x'.repeat(3_900_000))).toMatchObject({ outcome: 'REFUSED', code: 'TOO_LARGE' });
    await goesOn('after requests');
  });

  it.each(['breaks the reaction', 'asks too much'])('that %s is set aside', async (text) => {
    await note('acme', text);
    await world.until('it is a dead letter', () =>
      world
        .deadLetters('cases')
        .some(({ headers }) => headers['dead_code'] === 'REACTION_FAILED' && headers['dead_tenant'] === 'acme'),
    );
    await goesOn(`after ${text}`);
  });

  it('that breaks a view is left out of the document, and told', async () => {
    await note('acme', 'breaks the view');
    await note('acme', 'goes on');
    await world.until('the document goes on', async () => (await texts('acme')).includes('goes on'));
    expect(await store().parked()).toMatchObject([{ kind: 'DOCUMENT', id: 'notes/acme/c1', tenant: 'acme' }]);
    await goesOn('after the view');
    await store().release({ kind: 'DOCUMENT', id: 'notes/acme/c1' });
  });

  it('that breaks an effect is tried again after pauses, then parked, tried once at a start, and done when the cause is mended', async () => {
    await note('acme', 'breaks the effect');
    const attempts = () => performed.filter((text) => text.startsWith('acme breaks the effect')).length;
    for (const [count, pauseMs] of [
      [1, 1_000],
      [2, 5_000],
    ] as const) {
      await world.until(`attempt ${count}`, () => attempts() === count);
      // The attempt is put off a moment after it was counted.
      await world.until('the next attempt', () => {
        world.clock.advance(attempts() > count ? 0 : pauseMs);
        return attempts() > count;
      });
    }
    await world.until('it is parked', async () =>
      (await store().parked()).some(({ kind, tenant }) => kind === 'EFFECT' && tenant === 'acme'),
    );
    await goesOn('after the effect');
    mended = true;
    await world.restart('cases');
    await world.until('it is done', () => said('acme').includes('effect: breaks the effect'));
    expect(performed).toContain('acme breaks the effect resumed');
    expect(await store().parked()).toEqual([]);
    mended = false;
  });

  it('that hangs makes nobody else wait', async () => {
    for (let count = 0; count < 20; count += 1) await note('acme', `hangs ${count}`);
    await note('umbra', 'beside what hangs');
    await world.until('umbra is served', () => said('umbra').includes('effect: beside what hangs'));
    expect(performed.filter((text) => text.startsWith('acme hangs')).length).toBeLessThanOrEqual(2);
    mended = true;
  });

  it('among held requests is parked', async () => {
    await store().hold([
      { id: idOf('poison'), tenant: 'acme', dueAt: 0, request: advise('c1', 'x'.repeat(4_300_000)) },
      { id: idOf('rightful'), tenant: 'umbra', dueAt: 0, request: advise('c1', 'was held') },
    ]);
    await world.until('the other is sent', () => said('umbra').includes('was held'));
    expect(await store().parked()).toMatchObject([{ kind: 'TIMER', tenant: 'acme' }]);
    await goesOn('after the timer');
  });

  it('that no record can carry parks its stream', async () => {
    const ask = {
      tenant: 'acme',
      requestId: idOf('large'),
      request: { type: 'case.add-note', caseId: 'large', text: 'x'.repeat(3_400_000) } as CaseAddNote,
      actor: { subject: 'ada', side: 'PROVIDER' as const },
      roles: ['ANALYST'],
      now: world.clock.now(),
    };
    await store().execute(notes, [{ ...ask, correlationId: 'c'.repeat(1_000_000) }]);
    await world.until('it is parked', async () =>
      (await store().parked()).some(({ kind, id }) => kind === 'STREAM' && id === 'case/acme/large'),
    );
    await goesOn('after the relay');
  });
});

/**
 * The second note of a stream of acme is taken for sent, `times` times, and lost; whichever version it is: what comes
 * of the first may stand before it. @returns what was lost.
 */
const losing = (key: string, times: number): OutRecord[] => {
  const { publisher } = world.services.cases!.runtime;
  const send = publisher.send.bind(publisher);
  const lost: OutRecord[] = [];
  publisher.send = async (records) => {
    const isLost = ({ headers, value }: OutRecord): boolean =>
      headers['ce_subject'] === `case/acme/${key}` && value.includes('two') && lost.length < times;
    const found = records.filter(isLost);
    lost.push(...found.slice(0, times - lost.length));
    return send(records.filter((one) => !lost.includes(one)));
  };
  return lost;
};
const noteFour = async (key: string): Promise<void> => {
  for (const text of ['one', 'two', 'three', 'four']) await note('acme', text, key);
};
const readings = async (): Promise<string[]> =>
  (await store().parked()).flatMap(({ kind, id }) => (kind === 'READING' ? [id] : []));
/** Each move of the clock wakes all that looks at the store: it must come to its end before the next. */
const SELDOM = { everyMs: 250 };
/** Asks in vain until it is told; each time the pause is over. */
const untilParked = async (key: string): Promise<void> => {
  await world.until(
    `all loops have parked ${key}`,
    async () => {
      world.clock.advance(30_000);
      return (await readings()).filter((id) => id.endsWith(`/case/acme/${key}`)).length === 3;
    },
    60_000,
    SELDOM,
  );
};

describe('a stream of which something is missing', () => {
  it('waits, is asked for, and goes on in its order', async () => {
    losing('gap', 1);
    await noteFour('gap');
    await world.until('all is shown', async () => (await texts('acme', 'gap')).length === 4);
    expect(await texts('acme', 'gap')).toEqual(['one', 'two', 'three', 'four']);
    await world.until('all was reacted to', () => said('acme').includes('reaction: four'));
    expect(await readings()).toEqual([]);
    await goesOn('after the gap');
  });

  it('goes on by itself when a fact was broken on its way', async () => {
    await note('acme', 'one', 'broken');
    await world.until('it is shown', async () => (await texts('acme', 'broken')).length === 1);
    const letters = () => world.deadLetters('cases').filter(({ headers }) => headers['dead_code'] === 'BAD_AVRO');
    const before = letters().length;
    const [fact] = (await store().facts('acme').stream('case/acme/broken')).facts;
    const sequence = { version: 2, index: 0, count: 1 };
    const broken = toRecord({ ...fact!.envelope, sequence }, fact!.message);
    await world.publisher.send([{ ...broken, value: broken.value.subarray(0, 20) }]);
    await note('acme', 'two', 'broken');
    await note('acme', 'three', 'broken');
    await world.until('all is shown', async () => (await texts('acme', 'broken')).length === 3);
    expect(await texts('acme', 'broken')).toEqual(['one', 'two', 'three']);
    expect(letters().length).toBeGreaterThan(before);
    await goesOn('after the broken fact');
  });

  it('is told when it was asked for in vain, and goes on when the fact is sent again, or given up', async () => {
    const lost = losing('replayed', Infinity);
    losing('given-up', Infinity);
    await noteFour('replayed');
    await noteFour('given-up');
    await untilParked('replayed');
    await untilParked('given-up');
    expect(await texts('acme', 'replayed')).toEqual(['one']);
    await note('umbra', 'beside what waits');
    await world.until('umbra is served', () => said('umbra').includes('effect: beside what waits'));
    await world.publisher.send([{ ...lost[0]!, topic: retryTopic('cases') }]);
    const shown = async (key: string, count: number, ms: number): Promise<boolean> => {
      world.clock.advance(ms);
      return (await texts('acme', key)).length === count;
    };
    await world.until('all is shown', () => shown('replayed', 4, 600_000), 60_000, SELDOM);
    expect(await texts('acme', 'replayed')).toEqual(['one', 'two', 'three', 'four']);
    for (const id of await readings()) await store().release({ kind: 'READING', id });
    await world.until('the rest is shown', () => shown('given-up', 3, 5_000), 60_000, SELDOM);
    expect(await texts('acme', 'given-up')).toEqual(['one', 'three', 'four']);
    await world.until('nothing waits', async () => (await readings()).length === 0);
  });
});

/** Where a worker is killed, or held up, in the lane of a tenant of that name. `taken`: before it did anything. */
const STEPS = ['taken', 'begun', 'called', 'answered', 'unsaid', 'held-up'];
const ADA = { subject: 'ada', side: 'PROVIDER' };
const never = new Promise<never>(() => undefined);

/** One replica's workers, over the store that both have. @param dies what comes of a step that is reached. */
const workersOf = (
  own: Store,
  calls: Map<string, number>,
  begun: string[],
  dies?: (step: string) => Promise<void>,
): ReturnType<typeof openWorkers> => {
  const dead = new Set<string>();
  const reach = async (step: string, tenant: string): Promise<void> => {
    if (step !== tenant || !dies) return;
    dead.add(tenant);
    await dies(step);
    // Who was only held up goes on as if nothing had been.
    dead.delete(tenant);
  };
  const tenantOf = ({ id }: TakenEffect): string => id.split('/')[0] ?? '';
  const lanes = new Set<string>();
  const store: Store = {
    ...own,
    // A process that is gone takes nothing any more.
    takeEffect: async (lane, now, leaseMs) => {
      if (dies && lanes.has(lane)) return undefined;
      lanes.add(lane);
      return own.takeEffect(lane, now, leaseMs);
    },
    keepEffect: (taken, leaseMs) => (dead.has(tenantOf(taken)) ? never : own.keepEffect(taken, leaseMs)),
    finishEffect: async (taken) => {
      await reach('unsaid', tenantOf(taken));
      return own.finishEffect(taken);
    },
  };
  const acting: Effect<Typed, Typed, never> = {
    name: 'isolate',
    hears: ['case.note-added'],
    perform: async ({ envelope: { tenant } }, _settings, { resumed, mayAct }) => {
      begun.push(`${tenant}${resumed ? ' resumed' : ''}`);
      await reach('begun', tenant);
      await reach('held-up', tenant);
      // Who resumes asks the vendor first what became of it.
      if (resumed && calls.has(tenant)) return [];
      await mayAct?.();
      calls.set(tenant, (calls.get(tenant) ?? 0) + 1);
      await reach('called', tenant);
      await reach('answered', tenant);
      return [];
    },
  };
  const runtime = { ...world.services.cases!.runtime, store, put: async () => undefined };
  return openWorkers(runtime, [acting], () => undefined);
};

it('of two replicas one calls a vendor, once, at whichever step the other is killed or held up', async () => {
  const log = openLog('test', 'silent');
  const open = () => openStore({ url: world.stack.mongoUrl, service: 'cases', database: 'vigie_two_replicas', log });
  const [one, other] = [await open(), await open()];
  const [calls, first, second] = [new Map<string, number>(), [] as string[], [] as string[]];
  const noted = STEPS.map((tenant) => ({
    effect: 'isolate',
    heard: {
      envelope: { id: idOf(tenant), type: 'case.note-added', source: 'cases', subject: 'c1', time: 0, tenant },
      message: { type: 'case.note-added', caseId: 'c1', noteId: 'n', text: '', by: ADA, at: 0 } as Typed,
    },
  }));
  await one.noteEffects(noted, 0);
  await one.takeEffect('taken/isolate', 0, 15_000);
  let wake = (): void => undefined;
  const heldUp = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const killed = workersOf(one, calls, first, (step) => (step === 'held-up' ? heldUp : never));
  await world.until('the first is at every step', () => first.length === STEPS.length - 1);
  const going = workersOf(other, calls, second);
  await world.until('the second has taken over', async () => (await other.effectLanes(0)).length === 0, 60_000);
  wake();
  await going.stop();
  await killed.stop();
  expect(second.sort()).toEqual(STEPS.map((tenant) => `${tenant} resumed`).sort());
  expect([...calls].sort()).toEqual(STEPS.map((tenant) => [tenant, 1]).sort());
  await Promise.all([one.close(), other.close()]);
});
