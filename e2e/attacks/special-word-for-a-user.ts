import { startOktaStandin } from '../../tools/standins/src/index.js';
import { lifeIn, proposal, proposeAt, sessionAt, settingsWith } from '../support/action-history.js';
import type { Attack } from './attack.js';

const isSuspended = async (name: string): Promise<boolean> => {
  const standin = await startOktaStandin({ users: ['bo@acme.example'], adopt: false });
  try {
    return (
      (await proposeAt(
        sessionAt('okta', standin),
        lifeIn(settingsWith('AUTHORIZE')),
        proposal('suspend-user', name),
      )) !== undefined
    );
  } finally {
    await standin.stop();
  }
};

/** `me` is whoever owns our own token at the vendor, whom nobody meant. */
export const specialWordForAUser: Attack = {
  name: 'special-word-for-a-user',
  line: 4,
  control: () => isSuspended('bo'),
  attack: async () => ((await isSuspended('me')) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/connectors/okta/identify.ts',
    find: 'if (!user || !isAsked(account, user)) return',
    replace: 'if (!user) return',
  },
};
