import { Option, type Command } from 'commander';
import type { SourceKind } from '#contracts';
import { Refused } from '#libs/model';
import { preview, WAYS_IN, type WayIn } from '../../../services/collection/src/preview/index.js';
import { validationOf, validationText } from '../partner/validation.js';
import { KINDS, readKind } from '../telemetry/kind-flag.js';
import { bytesOfFile } from '../terminal/paths.js';
import { print, printJson } from '../terminal/print.js';

interface ValidateFlags {
  kind: SourceKind;
  via: WayIn;
  json: boolean;
}

const runValidate = async (file: string, { kind, via, json }: ValidateFlags): Promise<void> => {
  const made = await preview({ via, bytes: bytesOfFile(file), headers: {} }, { kind, receivedAt: Date.now() });
  if ('refused' in made) throw new Refused(`refused as a whole: ${made.refused.sentence}`, String(made.refused.code));
  const found = validationOf(made.pieces);
  if (json) printJson(found);
  else print(validationText(found));
  if (found.dead > 0 || found.events === 0) process.exitCode = 1;
};

/** partner validate */
export const addValidate = (partner: Command): void => {
  partner
    .command('validate <file>')
    .description(
      'count what would be read of a file of its events (- is standard input), with no installation; ends with 1 when something would be lost. `normalize` tells event by event',
    )
    .requiredOption('--kind <kind>', `format of what it sends: ${KINDS.join(' | ')}`, readKind)
    .addOption(new Option('--via <way>', 'how it is sent').choices(WAYS_IN).default('http'))
    .option('--json', 'print as JSON', false)
    .action(runValidate);
};
