import type { Caller } from '../domain/scope.js';
import { openQuotas } from './quotas.js';

const ada: Caller = { side: 'PROVIDER', subject: 'ada', expiresAt: 0 };
const bob: Caller = { ...ada, subject: 'bob' };
const open = (special = {}) =>
  openQuotas(
    { requests: { perSecond: 1, burst: 3 }, socketsPerUser: 2, sockets: 40, subscriptionsPerUser: 3, ...special },
    () => 0,
  );

it('counts requests of each person, large ones more', () => {
  const { request } = open();
  expect([request(ada, 100), request(ada, 65_536), request(ada, 0), request(bob, 0)]).toEqual([0, 0, 1_000, 0]);
});
it('gives a person a few sockets, and takes them back', () => {
  const { socket } = open();
  const sockets = [socket(), socket(), socket()];
  expect(sockets.map((one) => one?.isOf(ada))).toEqual([true, true, false]);
  sockets[0]?.close();
  sockets[0]?.close();
  expect([sockets[2]?.isOf(ada), socket()?.isOf(ada), socket()?.isOf(bob)]).toEqual([true, false, true]);
});
it('lets those who do not say who they are keep nobody out', () => {
  const { socket } = open();
  const strangers = [socket(), socket(), socket(), socket()];
  expect([strangers.every(Boolean), socket()]).toEqual([true, undefined]);
  strangers[0]?.close();
  expect(socket()).toBeDefined();
});
it('has an end of sockets in all', () => {
  const { socket } = open({ sockets: 2, socketsPerUser: 9 });
  expect([socket()?.isOf(ada), socket()?.isOf(bob), socket()]).toEqual([true, true, undefined]);
});
it('counts what a person listens to over all sockets, until they close', () => {
  const { socket } = open();
  const [one, other] = [socket(), socket()];
  [one, other].forEach((each) => each?.isOf(ada));
  expect([one?.holds(1), one?.holds(2), other?.holds(1), other?.holds(2), one?.holds(3)]).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  one?.holds(1);
  expect([other?.holds(2), other?.holds(3)]).toEqual([true, false]);
  other?.close();
  expect([one?.holds(3), one?.holds(4), other?.holds(1)]).toEqual([true, false, false]);
});
