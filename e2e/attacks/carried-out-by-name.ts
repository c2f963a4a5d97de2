import type { ActionStarted } from '#contracts';
import { startDefenderStandin } from '../../tools/standins/src/index.js';
import { started } from '../../services/response/test/samples/action.js';
import { carryOut } from '../../services/response/src/effects/carry-out.js';
import { identifyTarget, systemClock } from '../../services/response/src/session/index.js';
import { sessionAt, settingsWith } from '../support/action-history.js';
import type { Attack } from './attack.js';

/** @returns whether a host was cut off by a start that names the vendor's id, or only the host's name. */
const isIsolated = async (withId: boolean): Promise<boolean> => {
  const standin = await startDefenderStandin({ machines: ['web01.acme.example'], adopt: false });
  try {
    const session = sessionAt('defender', standin);
    const fact: ActionStarted = { ...(started as ActionStarted), at: systemClock.now() };
    const { vendorId } = await identifyTarget(session, fact.actionClass, fact.target);
    const message: ActionStarted = withId ? { ...fact, vendorId } : { ...fact, vendor: '', vendorId: '' };
    const envelope = {
      id: 'f1',
      type: message.type,
      source: 'response',
      subject: 'a1',
      time: message.at,
      tenant: 'acme',
    };
    await carryOut({ clock: systemClock, for: () => session }).perform(
      { envelope, message },
      settingsWith('AUTHORIZE'),
      { resumed: false },
    );
    return standin.callLog().some(({ effect }) => effect);
  } finally {
    await standin.stop();
  }
};

/** A start that kept no id of whom the policy decided about: a name in its place may mean anybody. */
export const carriedOutByName: Attack = {
  name: 'carried-out-by-name',
  line: 4,
  control: () => isIsolated(true),
  attack: async () => ((await isIsolated(false)) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/effects/carry-out.ts',
    find: 'if (!message.vendorId) return record(byName(resumed));',
    replace: '',
  },
};
