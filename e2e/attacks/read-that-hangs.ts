import type { Store } from '#libs/store';
import { malformed } from '#libs/testing';
import type { Caller } from '../../services/gateway/src/domain/scope.js';
import { limitReads } from '../../services/gateway/src/reading/limits.js';
import type { Attack } from './attack.js';

const customer = (tenant: string): Caller => ({ side: 'CUSTOMER', subject: 'carol', tenant, expiresAt: 0 });

/** A store whose pool holds eight connections; reads of `acme` never come back. */
const poolOf = (connections: number) => {
  let busy = 0;
  const get = async (tenants: string | readonly string[]): Promise<string> => {
    busy += 1;
    // None is ever given back while the store hangs.
    if (busy > connections || tenants === 'acme') await new Promise(() => undefined);
    busy -= 1;
    return 'a document';
  };
  const view = () => ({ for: (tenants: string | readonly string[]) => ({ get: () => get(tenants) }) });
  return malformed<Pick<Store, 'view'>>({ view });
};

/** Whether another tenant is answered within half a second beside `hanging` reads of one customer. */
const isAnswered = async (hanging: number): Promise<boolean> => {
  const reads = limitReads(poolOf(8), { withinMs: 5_000, atOnce: 4, waiting: 500 }, () => performance.now());
  for (let one = 0; one < hanging; one += 1) void reads(customer('acme')).view('cases').for('acme').get('k');
  const answered = reads(customer('globex')).view('cases').for('globex').get('k');
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), 500);
  });
  return (await Promise.race([answered, over]).finally(() => clearTimeout(timer))) !== undefined;
};

/** A hundred reads that hang, of one tenant: the connections to the store are not all its own. */
export const readThatHangs: Attack = {
  name: 'read-that-hangs',
  line: 13,
  control: () => isAnswered(0),
  attack: async () => ((await isAnswered(100)) ? 'refused' : 'succeeded'),
  mutation: {
    file: 'services/gateway/src/reading/limits.ts',
    find: 'if (turns.busy >= atOnce) {',
    replace: 'if (turns.busy >= atOnce * 100) {',
  },
};
