import { W3C_FIELDS } from '#libs/sigma';
import { Lines } from './lines.js';

const DIRECTIVE = /^#([A-Za-z][A-Za-z-]{1,31}):\s*(.*)$/s;

/** Lines of W3C's extended log format, each with the names that its values stand under: they are told apart then. */
export const w3cLines = (): Lines => {
  let fields: string | undefined;
  return new Lines((line) => {
    const text = line.toString('utf8');
    const [, directive, said = ''] = DIRECTIVE.exec(text) ?? [];
    if (directive === undefined) return fields === undefined ? line : jsonOf(text, fields);
    if (/^fields$/i.test(directive)) fields = said.trim();
    return undefined;
  });
};

const jsonOf = (message: string, fields: string): Buffer =>
  Buffer.from(JSON.stringify({ message, [W3C_FIELDS]: fields }));
