import { MOST_ROW_BYTES } from '../table/table.js';
import type { PartReader, ReadPart } from './part.js';

const CLOSE = Buffer.from('</Event>');
const OPEN = /<Event[\s>]/;

/** Events of Windows as XML, one behind the other, over as many lines as they have; what stands between says nothing. */
export class XmlEvents implements PartReader {
  private held = Buffer.alloc(0);

  take(bytes: Buffer, isLast: boolean): ReadPart[] {
    const block = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : bytes;
    const parts: ReadPart[] = [];
    let from = 0;
    for (let close = block.indexOf(CLOSE); close !== -1; close = block.indexOf(CLOSE, from)) {
      const end = close + CLOSE.length;
      parts.push(partOf(block.subarray(from, end)));
      from = end;
    }
    const rest = block.subarray(from);
    if (isLast && OPEN.test(rest.toString('latin1'))) parts.push({ lost: { ...OPEN_ENDED, bytes: Buffer.from(rest) } });
    if (!isLast && rest.length > 2 * MOST_ROW_BYTES) {
      parts.push({ lost: { ...OPEN_ENDED, bytes: Buffer.from(rest) } });
      from = block.length;
    }
    this.held = Buffer.from(block.subarray(from));
    return parts;
  }
}

const OPEN_ENDED = { code: 'NOT_XML', sentence: 'An event begins that does not close.' };

const partOf = (bytes: Buffer): ReadPart => {
  const begin = bytes.toString('latin1').search(OPEN);
  return begin === -1 ? { lost: { ...OPEN_ENDED, bytes } } : { event: bytes.subarray(begin) };
};
