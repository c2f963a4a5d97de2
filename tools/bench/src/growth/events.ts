import { writeFileSync } from 'node:fs';
import { Refused } from '#libs/model';
import { otrfRecordings } from '../truth/recordings.js';

/** Windows events of all recordings, evenly spread, into a file; how many. @throws Refused when there are none. */
export const sampleOfRecordings = async (pack: string, into: string, limit: number): Promise<number> => {
  const lines: string[] = [];
  for (const { lines: all } of otrfRecordings(pack))
    for await (const { kind, line } of all()) if (kind === 'WINDOWS' && line.startsWith('{')) lines.push(line);
  if (lines.length === 0) throw new Refused(`${pack} holds no Windows events`, 'NO_EVENTS');
  const step = Math.max(1, lines.length / limit);
  const taken = [...Array(Math.min(lines.length, limit)).keys()].map((index) => lines[Math.floor(index * step)] ?? '');
  writeFileSync(into, `${taken.join('\n')}\n`);
  return taken.length;
};
