import type { ActionApprovalRequested } from '#contracts';
import type { Typed } from '#libs/model';
import type { World } from '#libs/testing';
import { openedFor, stateFor } from '../../services/response/test/samples.js';
import type { Attack } from './attack.js';

const TENANT = 'atk-roles';

/** The action that waits for the customer's word. */
const awaited = async (world: World): Promise<Typed> => {
  if (!world.services.response?.runtime.settings.get(TENANT)) {
    await world.say(TENANT, stateFor(TENANT));
    await world.until('the tenant', () => world.services.response?.runtime.settings.get(TENANT));
    await world.say(TENANT, openedFor(TENANT));
  }
  const { message } = await world.until('the question', () => world.heard<ActionApprovalRequested>('action.approval-requested', TENANT)[0]);
  return { type: 'action.approve', actionId: message.actionId, comment: 'go' } as Typed;
};
const outcomeFor = async (world: World, role: string): Promise<string> =>
  (await world.ask(TENANT, await awaited(world), { actor: { subject: 'zoe', side: 'CUSTOMER' }, roles: [role] })).outcome;

/** A request of a viewer, signed with that role, comes to the decider past the gateway's own check. */
export const roleNotCheckedByTheDecider: Attack = {
  name: 'role-not-checked-by-the-decider',
  line: 1,
  control: async (given) => ['DONE', 'UNCHANGED'].includes(await outcomeFor(await given.world('response'), 'CUSTOMER_APPROVER')),
  attack: async (given) => ((await outcomeFor(await given.world('response'), 'CUSTOMER_VIEWER')) === 'REFUSED' ? 'refused' : 'succeeded'),
  mutation: { file: 'libs/service/src/loops.ts', find: 'store.execute(guarded(decider), ', replace: 'store.execute(guarded && decider, ' },
};
