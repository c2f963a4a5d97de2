import type { Typed } from '#libs/model';
import { readDeadLetter } from '#libs/events';
import { signedRecord } from '#libs/service';
import type { World } from '#libs/testing';
import type { RequestAnswered } from '#contracts';
import type { Attack } from './attack.js';

const TENANT = 'atk-used-twice';
const approve = (comment: string): Typed => ({ type: 'action.approve', actionId: 'nowhere', comment }) as Typed;

/** Asks under an id; there is no such action, so the answer is a refusal. */
const put = async (world: World, id: string, comment: string): Promise<void> => {
  const envelope = { id, tenant: TENANT, source: 'gateway', time: world.clock.now() };
  await world.publisher.send([
    await signedRecord(world.keys, {
      envelope,
      request: approve(comment),
      actor: { subject: 'zoe', side: 'CUSTOMER' },
      roles: ['CUSTOMER_APPROVER'],
      expiresAt: world.clock.now() + 30_000,
    }),
  ]);
};
const answers = (world: World, id: string): number => {
  const first = world
    .heard<RequestAnswered>('request.answered', TENANT)
    .find(({ message }) => message.requestId === id);
  return first ? world.ears.times(first.envelope.id) : 0;
};
const isSetAside = (world: World, id: string): boolean =>
  world
    .deadLetters('response')
    .map(readDeadLetter)
    .some(({ code, original }) => code === 'REQUEST_ID_USED' && original.headers['ce_id'] === id);

/** Asks twice under one id. @returns whether the second asking was answered, as the first was. */
const twice = async (world: World, id: string, second: string): Promise<boolean> => {
  await put(world, id, 'please wait');
  await world.until('the answer', () => answers(world, id) > 0);
  await put(world, id, second);
  await world.until('what comes of the second', () => answers(world, id) > 1 || isSetAside(world, id));
  return answers(world, id) > 1;
};

/** Other words under a used id are taken for the first, whose answer then stands for them. */
export const requestIdUsedTwice: Attack = {
  name: 'request-id-used-twice',
  line: 1,
  control: async (given) => twice(await given.world('response'), 'atk-used-twice-control', 'please wait'),
  attack: async (given) =>
    (await twice(await given.world('response'), 'atk-used-twice-attack', 'go ahead')) ? 'succeeded' : 'refused',
  mutation: {
    file: 'libs/store/src/execute.ts',
    find: 'return found.request && !isSame(found.request, ask) ? idUsed(ask) : found.answer;',
    replace: 'return found.request && !isSame ? idUsed(ask) : found.answer;',
  },
};
