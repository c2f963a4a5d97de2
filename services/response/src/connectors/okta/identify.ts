import type { ActionTarget } from '#contracts';
import type { VendorApi, IdentityAnswer } from '../connector.js';
import { Unsupported, VendorRefused } from '../../session/errors.js';
import { getUser, type OktaUser } from './endpoints.js';

/** As people and telemetry write it: Windows puts a domain before the account, which Okta does not know. */
const accountOf = (id: string): string => {
  const name = id.trim();
  const account = name.slice(name.lastIndexOf('\\') + 1);
  if (!/^[^\s'"/?#\\%;*]{1,255}$/.test(account) || /^\.+$/.test(account))
    throw new Unsupported(`"${id}" is not the name of a user`);
  return account;
};

const shortLogin = (login: string): string => login.split('@')[0] ?? login;

const namesOf = ({ id, profile: { login, email, secondEmail } }: OktaUser): string[] =>
  [id, login, shortLogin(login), email, secondEmail].flatMap((name) => name || []);

/** What Okta takes in the place of an id. `me` is whoever owns our token; that person is not called so. */
const isAsked = (account: string, { id, profile: { login } }: OktaUser): boolean =>
  account === id || [login, shortLogin(login)].some((name) => name.toLowerCase() === account.toLowerCase());

/** By id, login or short login. */
export const identify = async (api: VendorApi, { id }: ActionTarget, signal?: AbortSignal): Promise<IdentityAnswer> => {
  const account = accountOf(id);
  const user = await api.call(getUser, { at: { id: account }, signal }).catch((error: unknown) => {
    if (error instanceof VendorRefused && error.status === 404) return undefined;
    throw error;
  });
  if (!user || !isAsked(account, user))
    return {
      outcome: 'NOT_FOUND',
      detail: `no user called ${account} is known${user ? ': the vendor answers with another' : ''}`,
    };
  const { login } = user.profile;
  return {
    outcome: 'FOUND',
    vendorId: user.id,
    name: login,
    names: namesOf(user),
    detail: `${account} is the user ${login} (${user.id})`,
  };
};
