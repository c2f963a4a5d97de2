import { once } from 'node:events';
import { Option, InvalidArgumentError, type Command } from 'commander';
import type { SourceKind } from '#contracts';
import { preview, WAYS_IN, type PreviewedPiece, type WayIn } from '../../../services/collection/src/preview/index.js';
import { KINDS, readKind } from '../telemetry/kind-flag.js';
import { pieceLine, piecesTable, refusedLine } from '../telemetry/preview-text.js';
import { repeated } from '../terminal/flags.js';
import { previewFile } from '../telemetry/preview-file.js';
import { bytesOfFile, fileOrInput } from '../terminal/paths.js';
import { counting, print } from '../terminal/print.js';

interface NormalizeFlags {
  source: SourceKind;
  via: WayIn | 'file';
  receivedAt?: number;
  path?: string;
  header: string[];
  json: boolean;
}

const readTime = (text: string): number => {
  const at = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at))
    throw new InvalidArgumentError('It is a time as ISO 8601 writes it, such as 2026-11-28T19:00:00Z.');
  return at;
};

const readHeader = (text: string, before: string[]): string[] => {
  if (!/^[\w-]+:/.test(text)) throw new InvalidArgumentError('It is <name>: <value>.');
  return repeated(text, before);
};

const headersOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );

/** Pieces of a file that people are shown in one table. */
const TOGETHER = 1_000;

/** A file has any number of pieces: whoever reads slowly is waited for. */
const normalizeFile = async (file: string, { source: kind, receivedAt = Date.now(), json }: NormalizeFlags) => {
  const progress = counting('events and dead letters');
  const write = async (text: string): Promise<void> => {
    if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain');
  };
  const together: PreviewedPiece[] = [];
  for await (const piece of previewFile(fileOrInput(file), { kind, receivedAt })) {
    progress();
    if (json) await write(pieceLine(piece));
    else if (together.push(piece) === TOGETHER) await write(piecesTable(together.splice(0)));
  }
  if (!json) await write(piecesTable(together));
};

const runNormalize = async (file: string, flags: NormalizeFlags): Promise<void> => {
  const { source: kind, via, path, receivedAt = Date.now(), json } = flags;
  if (via === 'file') return normalizeFile(file, flags);
  const arriving = { via, bytes: bytesOfFile(file), path, headers: headersOf(flags.header) };
  const made = await preview(arriving, { kind, receivedAt });
  if ('refused' in made) {
    print(
      json
        ? refusedLine(made.refused)
        : `refused with ${made.refused.status} ${made.refused.code}: ${made.refused.sentence}`,
    );
    process.exitCode = 1;
    return;
  }
  if (!json) return print(piecesTable(made.pieces));
  for (const piece of made.pieces) print(pieceLine(piece));
};

/** normalize */
export const defineNormalize = (normalize: Command): void => {
  normalize
    .requiredOption('--source <kind>', `the kind of the source: ${KINDS.join(' | ')}`, readKind)
    .addOption(
      new Option(
        '--via <way>',
        'what the file is: one body (http, hec, otlp, bulk), one value (kafka), a stream (tcp) or a datagram (udp)',
      )
        .choices(['file', ...WAYS_IN])
        .makeOptionMandatory(),
    )
    .option('--received-at <time>', 'when it is received, ISO 8601; now unless said', readTime)
    .option('--path <path>', 'of a body: where it is posted, with its query, instead of where clients post events')
    .option('--header <line>', 'of a body: a header, <name>: <value>; may be repeated', readHeader, [])
    .option('--json', 'print JSON, one object a line', false)
    .action(runNormalize);
};
