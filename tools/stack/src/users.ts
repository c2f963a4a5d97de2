import { Fault } from '#libs/model';
import { dropScramUser, putScramUsers } from './scram-users.js';
import type { Principal, Stack } from './stack.js';
import { ADMIN, changeState, checkName, newPassword, readState } from './state.js';

type Users = Pick<Stack, 'userFor' | 'addUser' | 'removeUser'>;

/** Users of a running broker; their passwords are kept in the state file of `dir`. */
export function usersOf(dir: string, brokers: string[], admin: Principal, known: Record<string, string>): Users {
  const passwords = new Map(Object.entries(known));
  return {
    userFor: (name) => {
      const password = passwords.get(name);
      if (password === undefined) throw new Fault(`no user ${name} was made here`);
      return { username: name, password };
    },
    addUser: async (user) => {
      await putScramUsers(brokers, admin, [{ ...user, username: checkName(user.username) }]);
      passwords.set(user.username, user.password);
      await changeState(dir, (state) => void (state.users[user.username] = user.password));
    },
    removeUser: async (name) => {
      if (name === ADMIN) throw new Fault('the super user stays');
      // Of a user made elsewhere the password is not known: refused it is in any case.
      await dropScramUser(brokers, admin, { username: checkName(name), password: passwords.get(name) ?? '' });
      passwords.delete(name);
      await changeState(dir, (state) => void delete state.users[name]);
    },
  };
}

/** Adds those of `names` that the state file does not know, with new passwords. */
export async function addMissing(dir: string, users: Users, names: string[]): Promise<void> {
  const known = (await readState(dir))?.users ?? {};
  for (const name of names) {
    if (known[name] === undefined) await users.addUser({ username: name, password: newPassword() });
  }
}
