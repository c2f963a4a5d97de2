import type { IncomingMessage } from 'node:http';
import type { Extra } from 'graphql-ws/use/ws';
import type { Caller } from '../domain/scope.js';
import type { CountedSocket } from './quotas.js';

/** What is known of one socket: who has identified itself on it, and how it is counted. */
export type SocketSession = Extra & {
  caller?: Caller;
  counted?: CountedSocket;
  idle?: NodeJS.Timeout;
  asked?: boolean;
};

/** graphql-ws hands the same object to each of its hooks. */
export const sessionOf = ({ extra }: { extra: Extra }): SocketSession => extra;

/** The token as a connection parameter (browsers cannot set headers) or as a header of the upgrade. */
export const tokenOf = (
  parameters: Readonly<Record<string, unknown>> | undefined,
  request: IncomingMessage,
): string | undefined => {
  const said = parameters?.authorization ?? parameters?.Authorization;
  return typeof said === 'string' ? said : request.headers.authorization;
};

/** Closed by the server for want of anything to do; close codes from 4000 on are an application's own. */
const IDLE = 4_408;

/** Closes a socket on which nothing was under way at two looks, half the time apart. */
export const closeIdle = (context: { extra: Extra; subscriptions: object }, idleMs: number): NodeJS.Timeout => {
  const session = sessionOf(context);
  let quiet = 0;
  return setInterval(() => {
    quiet = session.asked || Object.keys(context.subscriptions).length > 0 ? 0 : quiet + 1;
    session.asked = false;
    if (quiet >= 2) session.socket.close(IDLE, 'nothing was asked for a long time');
  }, idleMs / 2).unref();
};
