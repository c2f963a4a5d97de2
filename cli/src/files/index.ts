/** Files of events and of rules, as people have them: folders, archives, lines. Loads no service. */
export { eventLinesOf } from './events.js';
export { linesOf } from './lines.js';
export { guessSource } from './source-guess.js';
