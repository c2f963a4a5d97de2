/** Files of events, as people have them: folders, archives, tables, lines (`libs/files`). Loads no service. */
export { linesOf } from './lines.js';
