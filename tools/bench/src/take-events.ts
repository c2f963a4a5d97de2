import { writeFileSync } from 'node:fs';
import { Refused } from '#libs/model';
import { linesOf } from '../../../cli/src/files/index.js';

/**
 * The lines to measure on, evenly spread over the file, written to another; how many.
 * @throws Refused when there are none.
 */
export const takeEvents = async (from: string, into: string, limit = Infinity): Promise<number> => {
  const lines: string[] = [];
  for await (const line of linesOf(from)) lines.push(line);
  const step = Math.max(1, lines.length / limit);
  const taken = [...Array(Math.min(lines.length, limit)).keys()].map((index) => lines[Math.floor(index * step)] ?? '');
  if (taken.length === 0) throw new Refused(`${from} holds no events`, 'NO_EVENTS');
  writeFileSync(into, `${taken.join('\n')}\n`);
  return taken.length;
};
