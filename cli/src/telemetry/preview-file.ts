import type { SourceKind } from '#contracts';
import { partsOf } from '#libs/files';
import { Refused } from '#libs/model';
import { preview, type PreviewedPiece } from '../../../services/collection/src/preview/index.js';
import { messagesOf } from './file-messages.js';

const BASE64 = /^A[A-Za-z0-9+/]{7,}={0,2}$/;

/** A message of the contract as people keep it in files of lines: base64, of which the first byte is 0. */
const submittedOf = (line: Buffer): Buffer => {
  const text = line.toString('latin1').trim();
  return BASE64.test(text) ? Buffer.from(text, 'base64') : line;
};

/** Of sources of kind contract each line is a message of its own; what is none is dead as it stands. */
async function* previewSubmitted(
  source: string | Buffer,
  about: { kind: SourceKind; receivedAt: number },
): AsyncGenerator<PreviewedPiece> {
  for await (const part of partsOf(source)) {
    if ('lost' in part) {
      const { code, sentence, bytes = Buffer.from(part.file) } = part.lost;
      yield { dead: { code, sentence: `${sentence} A message alone is read with --via kafka.`, bytes } };
      continue;
    }
    const made = await preview({ via: 'kafka', bytes: submittedOf(part.event), headers: {} }, about);
    if ('refused' in made) throw new Refused(made.refused.sentence, String(made.refused.code));
    yield* made.pieces;
  }
}

/**
 * What the service makes of the events of a file, of a folder, or of bytes, sent as `replay` sends them, one message
 * after the other; of a source of kind contract lines of base64, a message each.
 * @throws Refused when there is no such file.
 */
export async function* previewFile(
  source: string | Buffer,
  about: { kind: SourceKind; receivedAt: number },
): AsyncGenerator<PreviewedPiece> {
  if (about.kind === 'CONTRACT') return yield* previewSubmitted(source, about);
  for await (const { value, headers } of messagesOf(partsOf(source))) {
    const made = await preview({ via: 'kafka', bytes: value, headers }, about);
    if ('refused' in made) throw new Refused(made.refused.sentence, String(made.refused.code));
    yield* made.pieces;
  }
}
