import { idOf } from '#libs/model';

/**
 * Id of the action that contains something in a case: one for each, however often it is wanted. Once it ended without
 * holding it hands on to others (`action.wanted-again`).
 * @param entity `kind:value`.
 */
export const containmentOf = (caseId: string, actionClass: string, entity: string): string => {
  const [kind = '', ...value] = entity.split(':');
  return idOf('action', caseId, actionClass, kind, value.join(':'));
};
