import { startOktaStandin, type Standin } from '../../tools/standins/src/index.js';
import { lifeIn, proposal, proposeAt, sessionAt, settingsWith } from '../support/action-history.js';
import type { Attack } from './attack.js';

const CEO = { login: 'ceo@acme.example', email: 'ada.lovelace@acme.example', secondEmail: 'ada@home.example' };

const at = async <Result>(work: (standin: Standin) => Promise<Result>): Promise<Result> => {
  const standin = await startOktaStandin({ users: [CEO, 'bo@acme.example'], adopt: false });
  try {
    return await work(standin);
  } finally {
    await standin.stop();
  }
};

const isSuspended = async (standin: Standin, excluded: string, name: string): Promise<boolean> =>
  (await proposeAt(
    sessionAt('okta', standin),
    lifeIn(settingsWith('AUTHORIZE', { exclusions: [{ entity: excluded, reason: 'the board decides' }] })),
    proposal('suspend-user', name),
  )) !== undefined;

const idOf = async ({ url, secret }: Standin): Promise<string> =>
  (
    (await (
      await fetch(`${url}/api/v1/users/${CEO.login}`, { headers: { authorization: `SSWS ${secret}` } })
    ).json()) as { id: string }
  ).id;

/** Somebody whom the customer excluded is named as the vendor understands and the exclusion does not say. */
export const excludedUnderAnotherName: Attack = {
  name: 'excluded-under-another-name',
  line: 4,
  control: () => at((standin) => isSuspended(standin, `user:${CEO.login}`, 'bo')),
  attack: () =>
    at(async (standin) => {
      const id = await idOf(standin);
      const tried = [
        ...[id, 'ceo', 'CEO@ACME.example', 'ACME\\ceo', ' ceo ', 'ceo@acme.example.', CEO.email].map(
          (name) => [`user:${CEO.login}`, name] as const,
        ),
        ...[`user:${CEO.email}`, `user:${CEO.secondEmail}`, `user:${id}`, `mailbox:${CEO.email}`].map(
          (excluded) => [excluded, 'ceo'] as const,
        ),
      ];
      for (const [excluded, name] of tried) if (await isSuspended(standin, excluded, name)) return 'succeeded';
      return 'refused';
    }),
  mutation: {
    file: 'services/response/src/domain/action/ask-policy.ts',
    find: 'names: [life.vendorId, life.name, ...life.names],',
    replace: 'names: [],',
  },
};
