import { fullBacklog } from '../../services/gateway/src/analyst/backlog.js';
import type { Visit } from '../../services/gateway/src/graphql/visit.js';
import { hunts } from '../../services/gateway/src/views/hunts.js';
import type { Attack } from './attack.js';

const refusalWith = (open: number): Promise<{ code: string } | undefined> => {
  const visit = { now: () => 0, gate: { read: () => ({ count: async () => open }) } } as unknown as Visit;
  return fullBacklog(visit, 'acme', hunts);
};

/** A tenant that asks hunts for ever, each of which reads its lake. */
export const tooManyHunts: Attack = {
  name: 'too-many-hunts',
  line: 12,
  control: async () => (await refusalWith(3)) === undefined,
  attack: async () => ((await refusalWith(500))?.code === 'TOO_MANY_WAITING' ? 'refused' : 'succeeded'),
  mutation: {
    file: 'services/gateway/src/analyst/backlog.ts',
    find: 'if (open < BACKLOG_AT_MOST) return undefined;',
    replace: 'if (open < BACKLOG_AT_MOST * 1_000) return undefined;',
  },
};
