import { randomUUID } from 'node:crypto';
import type { AnyRequest } from '#contracts';
import { rolesThatAsk, isScope, OPERATOR } from '#libs/terms';
import { requestIdOf, wantedBy } from '../asking/mutation-id.js';
import { refusal, type MutationOutcome, type PersonRequest } from '../asking/ask.js';
import { shownBy } from '../asking/shown-in.js';
import { readNodeId, type NodeType } from '../domain/node-id.js';
import { may } from '../domain/scope.js';
import { VIEW_OF_NODE } from './items.js';
import type { RootFields } from './root-fields.js';
import type { Visit } from './visit.js';

/** A mutation as a request: for which tenant, what is asked, where it is seen. Who may, `libs/terms` says of its type. */
export interface MutationRequest
  extends Pick<PersonRequest, 'tenant' | 'at' | 'request' | 'basedOn' | 'id' | 'shownIn'> {
  /** Why it is not asked, although the caller may. */
  refused?: { code: string; message: string } | undefined;
  /** False: what it is about is not there, which only those hear who might ask. */
  isThere?: boolean;
  /** Says more of what came of it, once the view has it. */
  tell?(outcome: MutationOutcome, visit: Visit, tenant: string): Promise<MutationOutcome>;
}

/** @returns undefined when an id names nothing of the wanted type. */
export type MutationMaker<Args> = (
  args: Args,
  visit: Visit,
  requestId: string,
) => MutationRequest | undefined | Promise<MutationRequest | undefined>;

/** The mutations of a schema, by the arguments that it gives them. */
export type MutationMakers<ByField> = { [Field in keyof ByField]: MutationMaker<ByField[Field]> };

/** Asks what a mutation wants, if the caller may. `mutationId` makes a repeated call the same request. */
const asked = async <Args extends object>(
  field: string,
  make: MutationMaker<Args>,
  args: Args & { mutationId?: string | null },
  visit: Visit,
): Promise<MutationOutcome> => {
  const { scope } = visit.gate;
  const requestId = requestIdOf(scope, field, args.mutationId, randomUUID);
  const wanted = await make(args, visit, requestId);
  const missing = (): MutationOutcome =>
    refusal('NO_SUCH_ID', 'an id names nothing of the kind that is needed here', requestId);
  if (!wanted || !isScope(wanted.tenant)) return missing();
  const { tenant, at = [tenant], request, isThere = true, refused, basedOn, id, shownIn, tell } = wanted;
  const by = rolesThatAsk(request.type, scope.caller.side, tenant === OPERATOR ? 'OPERATOR' : 'TENANT');
  const allowed = at.every((one) => may(scope, by, one));
  if (!allowed) return refusal('FORBIDDEN', 'your grants do not permit this', requestId);
  if (!isThere) return missing();
  if (refused) return refusal(refused.code, refused.message, requestId);
  const outcome = await visit.ask(scope, {
    requestId,
    tenant,
    at,
    request,
    basedOn,
    id,
    shownIn,
    wanted: args.mutationId ? wantedBy(args) : undefined,
  });
  return tell ? tell(outcome, visit, tenant) : outcome;
};

/** Fields of Mutation, of what each of them asks. */
export const mutations = <ByField extends Record<keyof ByField, object>>(
  makers: MutationMakers<ByField>,
): RootFields<ByField> => {
  const fields: Partial<RootFields<ByField>> = {};
  for (const field in makers)
    fields[field] = (_parent: unknown, args: ByField[typeof field], visit: Visit) =>
      asked(field, makers[field], args, visit);
  return fields as RootFields<ByField>;
};

/** What is asked of a thing that is named by its node id, and shown by the view of its type. */
export const about =
  <Args extends { id: string; basedOn?: number | null }>(
    type: NodeType,
    ask: (key: string, args: Args) => AnyRequest,
  ): MutationMaker<Args> =>
  (args) => {
    const ref = readNodeId(args.id, type);
    return (
      ref && {
        tenant: ref.tenant,
        request: ask(ref.key, args),
        basedOn: args.basedOn,
        id: args.id,
        shownIn: shownBy(VIEW_OF_NODE[type], ref.key),
      }
    );
  };
