import type { FilePart } from '#libs/files';
import { say } from '../terminal/print.js';

const MOST_SAID = 20;

/** Says on standard error what of files is no event: the first twenty, and that there are more. */
export const sayLost = (): ((part: FilePart) => void) => {
  let count = 0;
  return (part) => {
    if (!('lost' in part)) return;
    count += 1;
    if (count <= MOST_SAID) say(`${part.file}: ${part.lost.sentence}`);
    else if (count === MOST_SAID + 1) say('and more of the kind');
  };
};
