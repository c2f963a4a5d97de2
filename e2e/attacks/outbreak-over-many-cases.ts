import { HOUR_MS } from '#libs/terms';
import { minute, outbreakAt, type DecidedOutbreak } from '../support/outbreak-decided.js';
import type { Attack } from './attack.js';

/** Proposed in a case each, then all counted, then all told: each read how many there were before any was cut off. */
const atOnce = (...hosts: [name: string, vendorId: string][]): DecidedOutbreak => {
  const outbreak = outbreakAt();
  for (const [name, vendorId] of hosts) outbreak.propose(name, minute(0), vendorId);
  outbreak.count(minute(0));
  outbreak.tell(minute(0));
  return outbreak;
};

/** What was cut off is given back, and cut off again in a new case, while others are. */
const inTurns = (): DecidedOutbreak => {
  const outbreak = outbreakAt();
  for (let round = 0; round < 12; round += 1) {
    outbreak.cut('h0', minute(round * 5));
    outbreak.cut(`h${round}`, minute(round * 5));
    outbreak.release(minute(round * 5 + 1));
  }
  return outbreak;
};

const twelve = Array.from({ length: 12 }, (_, index) => `m${index}`);

/**
 * Two hosts are let be cut off in an hour without a person; here are twelve at one moment, each in a case of its own,
 * under names of their own or all under one, or some given back and cut off again in turns with others.
 */
export const outbreakOverManyCases: Attack = {
  name: 'outbreak-over-many-cases',
  line: 6,
  control: () => atOnce(['web01', 'm1'], ['web02', 'm2'], ['WEB01.acme.example', 'm1']).most(HOUR_MS) === 2,
  attack: () =>
    [
      atOnce(...twelve.map((id): [string, string] => [id, id])),
      atOnce(...twelve.map((id): [string, string] => ['web01', id])),
      inTurns(),
    ].some((outbreak) => outbreak.most(HOUR_MS) > 2)
      ? 'succeeded'
      : 'refused',
  mutation: {
    file: 'services/response/src/domain/allowance/decider.ts',
    find: 'key: (_request, tenant) => tenant,',
    replace: 'key: ({ actionId }) => actionId,',
  },
};
