/** A run with faults, for whoever holds it against its own measure. */
export { planOf } from './plan/plan.js';
export { replicasOf } from './place/open.js';
export { runFaults } from './run.js';
