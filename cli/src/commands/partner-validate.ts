import { Option, type Command } from 'commander';
import type { SourceKind } from '#contracts';
import { Refused } from '#libs/model';
import { preview, WAYS_IN, type PreviewedPiece, type WayIn } from '../../../services/collection/src/preview/index.js';
import { fittingKind, wrongKindText } from '../partner/fitting-kind.js';
import { Validation, validationText } from '../partner/validation.js';
import { KINDS, readKind } from '../telemetry/kind-flag.js';
import { previewFile } from '../telemetry/preview-file.js';
import { bytesOfFile, fileOrInput } from '../terminal/paths.js';
import { counting, print, printJson, say } from '../terminal/print.js';

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

/** Events that are looked at for the kind they fit, and of each so many bytes. */
const [SAMPLE_EVENTS, SAMPLE_BYTES] = [50, 16_384];

const runValidate = async (file: string, { kind, via, json }: ValidateFlags): Promise<void> => {
  const validation = new Validation();
  const sample: Buffer[] = [];
  const progress = counting('events and dead letters');
  for await (const piece of piecesOf(file, kind, via)) {
    validation.add(piece);
    if ('event' in piece && sample.length < SAMPLE_EVENTS) sample.push(piece.event.native.subarray(0, SAMPLE_BYTES));
    progress();
  }
  const { found } = validation;
  const isWrong = found.events > 0 && found.unrecognised === found.events;
  const fit = isWrong
    ? await fittingKind(Buffer.concat(sample.flatMap((native) => [native, Buffer.from('\n')])))
    : undefined;
  if (json) printJson({ ...found, ...(fit ? { fittingKind: fit } : {}) });
  else print(validationText(found));
  if (isWrong && !json) say(wrongKindText(found.events, kind, fit));
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
