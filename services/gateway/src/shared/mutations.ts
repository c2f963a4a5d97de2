import { randomUUID } from 'node:crypto';
import { isTenant, OPERATOR, type Typed } from '#libs/model';
import { rolesThatAsk } from '#libs/terms';
import { requestIdOf } from '../asking/ask.js';
import { wantedBy } from '../asking/first.js';
import { refusal, type Outcome } from '../asking/question.js';
import { may } from '../domain/scope.js';
import { readNodeId, type NodeRef, type NodeType } from '../domain/node-id.js';
import type { Visit } from '../reading/visit.js';

/** A mutation as a request: for which tenant, what is asked. Who may, `libs/terms` says of its type. */
export interface Change {
  /** Whose request it is. */
  tenant: string;
  /** One of the roles that may ask is needed at each of these tenants; `tenant` when none is named. */
  at?: readonly string[];
  /** Why it is not asked, although the caller may. */
  refused?: { code: string; message: string } | undefined;
  request: Typed;
  /** False: what it is about is not there, which only those hear who might ask. */
  isThere?: boolean;
  basedOn?: number | null;
  /** Node id of what is made or changed. */
  id?: string;
  /** Says more of what came of it, once the view has it. */
  tell?(outcome: Outcome, visit: Visit, tenant: string): Promise<Outcome>;
}

/** @returns undefined when an id names nothing of the wanted type. */
export type Make<Args> = (
  args: Args,
  visit: Visit,
  requestId: string,
) => Change | undefined | Promise<Change | undefined>;
type Mutation = (parent: unknown, args: never, visit: Visit) => Promise<Outcome>;

/** A field of Mutation. `mutationId` in its arguments makes a repeated call the same request. */
export const mutation =
  <Args extends { mutationId?: string | null }>(field: string, make: Make<Args>): Mutation =>
  async (_parent: unknown, args: Args, visit: Visit) => {
    const { scope } = visit.gate;
    const requestId = requestIdOf(scope, field, args.mutationId, randomUUID);
    const change = await make(args, visit, requestId);
    const missing = (): Outcome =>
      refusal('NO_SUCH_ID', 'an id names nothing of the kind that is needed here', requestId);
    if (!change) return missing();
    const { tenant, at = [tenant], request, isThere = true, basedOn, id, tell } = change;
    if (!isTenant(tenant)) return missing();
    const by = rolesThatAsk(request.type, scope.caller.side, tenant === OPERATOR ? 'OPERATOR' : 'TENANT');
    const allowed = at.every((one) => may(scope, by, one));
    if (!allowed) return refusal('FORBIDDEN', 'your grants do not permit this', requestId);
    if (!isThere) return missing();
    if (change.refused) return refusal(change.refused.code, change.refused.message, requestId);
    const outcome = await visit.ask(scope, {
      requestId,
      tenant,
      at,
      request,
      basedOn,
      id,
      wanted: args.mutationId ? wantedBy(args) : undefined,
    });
    return tell ? tell(outcome, visit, tenant) : outcome;
  };

/** A table of mutations with arguments of their own each. */
export const mutations = (table: Record<string, Make<never>>): Record<string, Mutation> =>
  Object.fromEntries(
    Object.entries(table).map(([field, make]) => [
      field,
      mutation(field, make as Make<{ mutationId?: string | null }>),
    ]),
  );

/** What is asked of a thing that is named by its node id. */
export const about =
  <Args extends { id: string }>(
    type: NodeType,
    ask: (key: string, args: Args, ref: NodeRef) => Typed,
  ): Make<Args & { basedOn?: number | null }> =>
  (args) => {
    const ref = readNodeId(args.id, type);
    return ref && { tenant: ref.tenant, request: ask(ref.key, args, ref), basedOn: args.basedOn, id: args.id };
  };
