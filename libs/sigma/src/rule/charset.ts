/**
 * Files of another character set that were read as UTF-8: their rules would load, and match nothing that holds the
 * letters that were lost.
 */
export const charsetProblemOf = (text: string): { line: number; reason: string } | undefined => {
  const [lost, zero] = [text.indexOf('\ufffd'), text.indexOf('\0')];
  if (lost < 0 && zero < 0) return undefined;
  const head = text.slice(0, HEAD);
  if (head.split('\0').length - 1 >= head.length / 8) return { line: 1, reason: `the file is UTF-16: ${SAVE}` };
  return lost < 0
    ? { line: lineAt(text, zero), reason: 'the character of code 0 has no place in YAML' }
    : { line: lineAt(text, lost), reason: `the file is not UTF-8, but Latin-1 or another code page: ${SAVE}` };
};

/** Every second byte of UTF-16 is zero where the letters are ASCII's, and keys are. */
const HEAD = 400;
const SAVE = 'save it as UTF-8';

const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;
