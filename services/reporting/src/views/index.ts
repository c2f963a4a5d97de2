/** What reporting remembers, fed from the facts of all services; see `domain/journals/` for the documents. */
export * from './case-journal.js';
export * from './action-journal.js';
export * from './finding-journal.js';
export * from './receipt-journal.js';
export * from './host-journal.js';
export * from './hunt-journal.js';
export * from './exception-journal.js';
export * from './posture-journal.js';
export * from './settings-journal.js';
export * from './settings-pages.js';
export * from './recommendation-journal.js';
export * from './rule-journal.js';
