import { randomUUID } from 'node:crypto';
import type { Role } from '#contracts';
import { isTenant, type Typed } from '#libs/model';
import { requestIdOf } from '../asking/ask.js';
import { refusal, type Outcome } from '../asking/question.js';
import { may } from '../domain/scope.js';
import { readNodeId, type NodeRef, type NodeType } from '../domain/node-id.js';
import type { Visit } from '../reading/visit.js';

/** A mutation as a request: who may, for which tenant, what is asked. */
export interface Change {
  /** Whose request it is. */
  tenant: string;
  /** One of these roles is needed at each of these tenants; `tenant` when none is named. */
  by: readonly Role[];
  at?: readonly string[];
  /** None: there is no such thing for the caller. */
  request: Typed | undefined;
  basedOn?: number | null;
  /** Node id of what is made or changed. */
  id?: string;
}

/** @returns undefined when an id names nothing of the wanted type. */
export type Make<Args> = (args: Args, visit: Visit, requestId: string) => Change | undefined | Promise<Change | undefined>;
type Mutation = (parent: unknown, args: never, visit: Visit) => Promise<Outcome>;

/** A field of Mutation. `mutationId` in its arguments makes a repeated call the same request. */
export const mutation = <Args extends { mutationId?: string | null }>(field: string, make: Make<Args>): Mutation =>
  async (_parent: unknown, args: Args, visit: Visit) => {
    const { scope } = visit.gate;
    const requestId = requestIdOf(scope, field, args.mutationId, randomUUID);
    const change = await make(args, visit, requestId);
    const missing = (): Outcome => refusal('NO_SUCH_ID', 'an id names nothing of the kind that is needed here', requestId);
    if (!change) return missing();
    const { tenant, by, at = [tenant], request, basedOn, id } = change;
    if (!isTenant(tenant)) return missing();
    const allowed = at.every((one) => may(scope, by, one));
    if (!allowed) return refusal('FORBIDDEN', 'your grants do not permit this', requestId);
    if (!request) return missing();
    return visit.ask(scope, { requestId, tenant, request, basedOn, id });
  };

/** A table of mutations with arguments of their own each. */
export const mutations = (table: Record<string, Make<never>>): Record<string, Mutation> =>
  Object.fromEntries(Object.entries(table).map(([field, make]) => [field, mutation(field, make as Make<{ mutationId?: string | null }>)]));

/** What is asked of a thing that is named by its node id. */
export const about = <Args extends { id: string }>(type: NodeType, by: readonly Role[], ask: (key: string, args: Args, ref: NodeRef) => Typed): Make<Args & { basedOn?: number | null }> =>
  (args) => {
    const ref = readNodeId(args.id, type);
    return ref && { tenant: ref.tenant, by, request: ask(ref.key, args, ref), basedOn: args.basedOn, id: args.id };
  };
