import type { Attack } from './attack.js';
import { besideListener, type ListenerUnderAttack } from '../support/listener-under-attack.js';

const KIB = 1024;
const event = (bytes: number): string => `{"a":"${'x'.repeat(bytes)}"}`;

/** Requests of one tenant that announce much, send some of it and then nothing. */
const hold = async (listening: ListenerUnderAttack, count: number): Promise<void> => {
  for (let at = 0; at < count; at += 1) await listening.begin('atk-half-open', 500 * KIB, 'x'.repeat(70 * KIB));
  for (let left = 200; listening.verified() < count && left > 0; left -= 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  // What was sent is read by now, or on its way.
  await new Promise((resolve) => setTimeout(resolve, 50));
};

/** Requests that never end take all the room, and every tenant hears that too much is under way. */
export const halfOpenRequests: Attack = {
  name: 'half-open-requests',
  line: 11,
  control: () =>
    besideListener(async (listening) => {
      await hold(listening, 2);
      return (
        (await listening.post('atk-half-open', event(50 * KIB))) === 202 &&
        (await listening.post('atk-neighbour', event(200 * KIB))) === 202
      );
    }),
  attack: () =>
    besideListener(async (listening) => {
      await hold(listening, 64);
      return (await listening.post('atk-neighbour', event(200 * KIB))) === 202 ? 'refused' : 'succeeded';
    }),
  mutation: {
    file: 'services/collection/src/listeners/byte-budget.ts',
    find: 'this.share = Math.floor(most / 4);',
    replace: 'this.share = most;',
  },
};
