import type { Json } from '../../json.js';
import { fieldsOfDns } from './said.js';

const LONGEST = 16_384;
const MOST_ANSWERS = 64;
const QUESTION = /^;; QUESTION SECTION:\n;(\S{1,1024})[ \t]+\w{1,16}[ \t]+(\S{1,16})$/m;
const STATUS = /^;; (?:->>HEADER<<- )?opcode: \w{1,16}, (?:status|rcode): (\w{2,16})/m;
const ANSWERS = /^;; ANSWER SECTION:\n((?:[^\s;].*(?:\n|$))+)/m;

/** A packet as dig writes it, which is how dnstap's tools write theirs. */
export const packetTextOf = (text: string): Record<string, Json> | undefined => {
  const packet = text.slice(0, LONGEST);
  const [whole, query, type] = QUESTION.exec(packet) ?? [];
  if (whole === undefined) return undefined;
  const answers = (ANSWERS.exec(packet)?.[1] ?? '')
    .split('\n', MOST_ANSWERS)
    .map((line) =>
      line
        .split(/[ \t]+/)
        .slice(4)
        .join(' '),
    )
    .filter((data) => data !== '');
  return {
    ...fieldsOfDns({
      query,
      type,
      code: answers.length > 0 || packet.includes(' qr') ? STATUS.exec(packet)?.[1] : undefined,
    }),
    ...(answers.length > 0 ? { answer: answers } : {}),
  };
};
