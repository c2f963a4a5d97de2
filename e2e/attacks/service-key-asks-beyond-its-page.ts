import type { Typed } from '#libs/model';
import { asService, signedRecord, takes, trusting } from '../support/signed-requests.js';
import type { Attack } from './attack.js';

const isolation = {
  type: 'action.propose',
  actionId: 'a1',
  caseId: 'c1',
  actionClass: 'isolate-host',
  target: { kind: 'HOST', id: 'dc01', entity: 'host:dc01' },
  severity: 'HIGH',
  confidence: 90,
  assetGroups: [],
  reason: 'taken over',
  detectedAt: 1,
} as Typed;

/** Who took the key of enrichment, whose page asks nothing, proposes an isolation. */
export const serviceKeyAsksBeyondItsPage: Attack = {
  name: 'service-key-asks-beyond-its-page',
  line: 1,
  control: async () => {
    const keysOf = await trusting('enrichment', 'response');
    const response = await keysOf('response');
    return takes(response, await signedRecord(response, asService('response', isolation)));
  },
  attack: async () => {
    const keysOf = await trusting('enrichment', 'response');
    const taken = await keysOf('enrichment', { enrichment: { itself: ['action.propose'], people: [] } });
    return (await takes(await keysOf('response'), await signedRecord(taken, asService('enrichment', isolation))))
      ? 'succeeded'
      : 'refused';
  },
  mutation: {
    file: 'libs/service/src/keys.ts',
    find: 'if (!itself.includes(type)) return',
    replace: 'if (!itself) return',
  },
};
