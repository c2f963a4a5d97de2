export { openedOf, numberedOf } from './cases.js';
export { factsOf } from './facts.js';
export { raisedOf, summaryOf } from './findings.js';
export { granting } from './grants.js';
export { heardOf } from './heard.js';
export { idsOf, markOf, THEN } from './ids.js';
export type { SampleFact } from './stream.js';
export { stateOf } from './tenants.js';
