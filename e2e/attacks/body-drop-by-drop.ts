import type { Attack } from './attack.js';
import { besideListener } from '../support/listener-under-attack.js';

/** Whether a request of which a byte comes now and then is ended. */
const isEnded = (seconds: number, bytesASecond: number): Promise<boolean> =>
  besideListener(async ({ begin, clock, sweep, verified }) => {
    const socket = await begin('atk-drops', 400_000, '{');
    let closed = false;
    socket
      .on('close', () => {
        closed = true;
      })
      .resume();
    for (let left = 200; verified() === 0 && left > 0; left -= 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    for (let second = 0; second < seconds && !closed; second += 1) {
      socket.write('x'.repeat(bytesASecond));
      await new Promise((resolve) => setTimeout(resolve, 5));
      clock.ms += 1_000;
      sweep();
    }
    for (let left = 20; !closed && left > 0; left -= 1) await new Promise((resolve) => setTimeout(resolve, 5));
    return closed;
  });

/** A body that comes a byte a second keeps its connection, and the room it has taken, for as long as it likes. */
export const bodyDropByDrop: Attack = {
  name: 'body-drop-by-drop',
  line: 11,
  control: async () => !(await isEnded(30, 4_096)),
  attack: async () => ((await isEnded(30, 1)) ? 'refused' : 'succeeded'),
  mutation: {
    file: 'services/collection/src/listeners/pace.ts',
    find: 'elapsedMs > GRACE_MS && bytes <',
    replace: 'elapsedMs > Infinity && bytes <',
  },
};
