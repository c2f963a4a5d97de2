/** Files of events and of rules, as people have them: folders, archives, lines. Loads no service. */
export { linesOf } from './lines.js';
