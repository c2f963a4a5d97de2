import { W3C_FIELDS } from '#libs/sigma';

const AUDIT = 'msg=audit(';
const AUDIT_ID = /^(\d+\.\d+:\d+)\)/;
/** Longer than any id of an event. */
const LONGEST_ID = 64;
export const MOST_AUDIT_LINES = 32;

/** The id of the event that an audit record belongs to. */
export const auditId = (line: Buffer): string | undefined => {
  const at = line.indexOf(AUDIT, 0, 'latin1');
  if (at === -1) return undefined;
  const from = at + AUDIT.length;
  return AUDIT_ID.exec(line.toString('latin1', from, from + LONGEST_ID))?.[1];
};

/** The lines of a text piece without what surrounds them. */
const joinedLines = (text: string): string =>
  text.includes('\n')
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .join('\n')
    : text;

/** Text as the object that stands for it, with the names that its values stand under. */
export const wrapped = (text: string, fields?: string): { message: string; [W3C_FIELDS]?: string } => ({
  message: joinedLines(text),
  ...(fields === undefined ? {} : { [W3C_FIELDS]: fields }),
});
