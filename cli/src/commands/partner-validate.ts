import { Option, type Command } from 'commander';
import type { SourceKind } from '#contracts';
import { Refused } from '#libs/model';
import { preview, WAYS_IN, type PreviewedPiece, type WayIn } from '../../../services/collection/src/preview/index.js';
import { Validation, validationText } from '../partner/validation.js';
import { KINDS, readKind } from '../telemetry/kind-flag.js';
import { previewFile } from '../telemetry/preview-file.js';
import { bytesOfFile, fileOrInput } from '../terminal/paths.js';
import { counting, print, printJson } from '../terminal/print.js';

interface ValidateFlags {
  kind: SourceKind;
  via: WayIn | 'file';
  json: boolean;
}

async function* piecesOf(file: string, kind: SourceKind, via: WayIn | 'file'): AsyncGenerator<PreviewedPiece> {
  const receivedAt = Date.now();
  if (via === 'file') return yield* previewFile(fileOrInput(file), { kind, receivedAt });
  const made = await preview({ via, bytes: bytesOfFile(file), headers: {} }, { kind, receivedAt });
  if ('refused' in made) throw new Refused(`refused as a whole: ${made.refused.sentence}`, String(made.refused.code));
  yield* made.pieces;
}

const runValidate = async (file: string, { kind, via, json }: ValidateFlags): Promise<void> => {
  const validation = new Validation();
  const progress = counting('events and dead letters');
  for await (const piece of piecesOf(file, kind, via)) {
    validation.add(piece);
    progress();
  }
  const { found } = validation;
  if (json) printJson(found);
  else print(validationText(found));
  if (found.dead > 0 || found.events === 0) process.exitCode = 1;
};

/** partner validate */
export const addValidate = (partner: Command): void => {
  partner
    .command('validate <file>')
    .description(
      'count what would be read of a file or folder of its events (- is standard input), with no installation; ends with 1 when something would be lost. `normalize` tells event by event',
    )
    .requiredOption('--kind <kind>', `format of what it sends: ${KINDS.join(' | ')}`, readKind)
    .addOption(
      new Option('--via <way>', 'how it is sent: a file as `replay` sends it, or its bytes at once')
        .choices(['file', ...WAYS_IN])
        .default('file'),
    )
    .option('--json', 'print as JSON', false)
    .action(runValidate);
};
