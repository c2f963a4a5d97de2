import type { SourceKind } from '#contracts';
import { partsOf } from '#libs/files';
import { Refused } from '#libs/model';
import { preview, type PreviewedPiece } from '../../../services/collection/src/preview/index.js';
import { messagesOf } from './file-messages.js';

/**
 * What the service makes of the events of a file, of a folder, or of bytes, sent as `replay` sends them, one message
 * after the other. @throws Refused when there is no such file.
 */
export async function* previewFile(
  source: string | Buffer,
  about: { kind: SourceKind; receivedAt: number },
): AsyncGenerator<PreviewedPiece> {
  for await (const { value, headers } of messagesOf(partsOf(source))) {
    const made = await preview({ via: 'kafka', bytes: value, headers }, about);
    if ('refused' in made) throw new Refused(made.refused.sentence, String(made.refused.code));
    yield* made.pieces;
  }
}
