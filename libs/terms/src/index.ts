/**
 * What services must agree on, once, in words of the contracts: who may ask what. Pure; knows the types of contracts and
 * nothing else, so that domains, the gateway and `libs/service` can all look it up.
 */
export * from './askers.js';
export * from './may-ask.js';
