import { mustBeOk } from '../../cli/src/index.js';
import type { Cast } from './cast.js';

/** Something about the tenant's configuration that somebody found. */
export const findPosture = async ({ lead, marked: { tenant, mark } }: Cast): Promise<void> => {
  const input = { subject: mark, title: `weak ${mark}`, recommendation: `mend ${mark}`, owner: mark };
  mustBeOk(
    await lead.change('mutation($t: ID!, $input: PostureInput!) { openPosture(tenantId: $t, input: $input) OUTCOME }', {
      t: tenant,
      input,
    }),
    'the posture item',
  );
};
