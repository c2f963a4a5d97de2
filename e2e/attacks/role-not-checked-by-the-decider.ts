import type { ActionGuided, ActionMarkDone, TenantState } from '#contracts';
import type { World } from '#libs/testing';
import { tenant } from '../../services/response/test/samples/action.js';
import { openedFor } from '../../services/response/test/samples/case.js';
import type { Attack } from './attack.js';

const TENANT = 'atk-roles';

/** The guidance that waits until the customer marks it as done. */
const guidance = async (world: World): Promise<ActionMarkDone> => {
  if (!world.services.response?.runtime.settings.get(TENANT)) {
    const state: TenantState = { ...tenant('NOTIFY'), tenantId: TENANT };
    await world.say(TENANT, state);
    await world.until('the tenant', () => world.services.response?.runtime.settings.get(TENANT));
    await world.say(TENANT, openedFor(TENANT));
  }
  const { message } = await world.until('guidance', () => world.heard<ActionGuided>('action.guided', TENANT)[0]);
  return { type: 'action.mark-done', actionId: message.actionId, comment: 'unplugged' };
};
const outcomeFor = async (world: World, role: string): Promise<string> =>
  (await world.ask(TENANT, await guidance(world), { actor: { subject: 'zoe', side: 'CUSTOMER' }, roles: [role] }))
    .outcome;

/** A request of a viewer, signed with that role, comes to the decider past the gateway's own check. */
export const roleNotCheckedByTheDecider: Attack = {
  name: 'role-not-checked-by-the-decider',
  line: 1,
  control: async (given) =>
    ['DONE', 'UNCHANGED'].includes(await outcomeFor(await given.world('response'), 'CUSTOMER_APPROVER')),
  attack: async (given) =>
    (await outcomeFor(await given.world('response'), 'CUSTOMER_VIEWER')) === 'REFUSED' ? 'refused' : 'succeeded',
  mutation: {
    file: 'libs/service/src/loops.ts',
    find: 'store.execute(withPermissions(decider), ',
    replace: 'store.execute(withPermissions && decider, ',
  },
};
