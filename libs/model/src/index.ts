/**
 * The five shapes Vigie is made of, as types: a Contract is in `contracts/`; here are the Decider, the Reaction, the
 * View and the Effect, the errors they may raise, and what they are told. No dependencies; no behaviour beyond deriving
 * ids, a map for states that grow, and what is made once.
 */
export * from './errors.js';
export * from './shapes.js';
export * from './ids.js';
export * from './bounds.js';
export * from './persistent-map.js';
export * from './once-for.js';
