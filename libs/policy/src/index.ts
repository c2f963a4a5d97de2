/**
 * What a response policy says of an action: one pure function and its table, for who acts (response) and for who
 * explains (gateway), so that both say the same; with the classes of action there are, and who offers which.
 */
export { ACTION_CLASSES, actionClassOf, type ActionClass } from './action-classes.js';
export { authorize } from './decide.js';
export { decideFor } from './decide-for.js';
export { explainDecision } from './explain.js';
export { OFFERED } from './offers.js';
export { targetKnown } from './target.js';
export type * from './types.js';
