import { Frames } from '../../services/collection/src/listeners/frames.js';
import type { Attack } from './attack.js';

const MIB = 1024 * 1024;

/** A line that never ends is kept in memory, and put together anew with each piece of it. */
export const syslogLineWithoutEnd: Attack = {
  name: 'syslog-line-without-end',
  line: 11,
  control: () => {
    const frames = new Frames(MIB);
    const found = ['<13>', 'a line\n17 <13>and a ', 'counted one'].flatMap((chunk) => frames.push(Buffer.from(chunk)));
    return (
      found.map(({ bytes, truncated }) => `${bytes} ${truncated}`).join() === '<13>a line false,<13>and a counted false'
    );
  },
  attack: () => {
    const frames = new Frames(MIB);
    const piece = Buffer.alloc(1_460, 'x');
    let [sent, most, cut] = [0, 0, 0];
    for (; sent < 8 * MIB; sent += piece.length) {
      cut += frames.push(piece).filter(({ truncated }) => truncated).length;
      most = Math.max(most, frames.bytes);
    }
    const next = frames.push(Buffer.from('\n<13>next\n')).map(({ bytes }) => String(bytes));
    const bounded = most <= MIB && frames.copied < 4 * sent;
    return bounded && cut === 1 && next.join() === '<13>next' ? 'refused' : 'succeeded';
  },
  mutation: {
    file: 'services/collection/src/listeners/frames.ts',
    find: 'const room = this.most - this.held.length;',
    replace: 'const room = Infinity;',
  },
};
