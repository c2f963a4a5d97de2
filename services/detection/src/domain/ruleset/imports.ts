import type {
  RulesetImport,
  RulesetParkImport,
  RulesetActivated,
  RulesetFilesImported,
  RulesetImportParked,
} from '#contracts';
import { Refused, type DecisionContext } from '#libs/model';
import { OPERATOR_LIMITS, TENANT_LIMITS } from '#libs/rules';
import { compile, type Limits } from '#libs/sigma';
import { OPERATOR } from '#libs/terms';
import type { RulesetState, Unfinished } from './state.js';

const PARTS_OF_OPERATOR = 64;
const PARTS_OF_TENANT = 8;
const PART_BYTES = 512 * 1024;
const FILE_BYTES = 448 * 1024;

const pathProblem = (path: string): string | undefined => {
  if (path.length === 0 || path.length > 300) return 'a path has 1 to 300 characters';
  if (path.startsWith('/') || path.includes('\\') || path.split('/').includes('..'))
    return 'a path is relative and stays inside';
  if ([...path].some((one) => one < ' ' || one === '\u007f')) return 'a path holds no control characters';
  return /\.ya?ml$/i.test(path) ? undefined : 'rules are .yml files';
};

const checkFiles = ({ files, parts }: RulesetImport): void => {
  if (files.length === 0 && parts > 1) throw new Refused('a part of an import has files', 'NO_FILES');
  if (new Set(files.map(({ path }) => path)).size < files.length)
    throw new Refused('a path is there twice', 'PATH_TWICE');
  for (const { path, text } of files) {
    const problem = pathProblem(path);
    if (problem) throw new Refused(problem, 'BAD_PATH');
    if (text.trim() === '' || text.includes('\0')) throw new Refused(`${path} is not text`, 'BAD_TEXT');
    if (text.length > FILE_BYTES) throw new Refused(`${path} has more than 448 KiB`, 'FILE_TOO_LARGE');
  }
  const bytes = files.reduce((sum, { path, text }) => sum + Buffer.byteLength(path) + Buffer.byteLength(text), 0);
  if (bytes > PART_BYTES) throw new Refused('a part has at most 512 KiB', 'PART_TOO_LARGE');
};

const TOLD_AT_MOST = 3;

/**
 * Rules that ask for too much are refused here, where whoever imports them is told; those with mistakes are left out
 * when they are loaded.
 */
const checkRules = ({ files }: RulesetImport, limits: Partial<Limits>): void => {
  const over = compile(files, { engine: 'plain', limits }).failures.filter(({ limit }) => limit !== undefined);
  if (over.length === 0) return;
  const told = over.slice(0, TOLD_AT_MOST).map(({ file, line, reason }) => `${file}:${line}: ${reason}`);
  throw new Refused(
    `${told.join('; ')}${over.length > TOLD_AT_MOST ? `; and ${over.length - TOLD_AT_MOST} more` : ''}`,
    'RULES_TOO_LARGE',
  );
};

const checkRequest = (request: RulesetImport, known: Unfinished | undefined, mostParts: number): void => {
  const { importId, part, parts } = request;
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(importId))
    throw new Refused('importId has 1 to 64 letters, digits, dots or hyphens', 'BAD_IMPORT_ID');
  if (parts < 1 || parts > mostParts) throw new Refused(`an import has 1 to ${mostParts} parts`, 'BAD_PARTS');
  if (part < 1 || part > parts) throw new Refused(`there is no part ${part} of ${parts}`, 'BAD_PART');
  if (known && known.parts !== parts)
    throw new Refused(`this import has ${known.parts} parts, not ${parts}`, 'OTHER_PARTS');
  checkFiles(request);
};

/**
 * Keeps a part; with the last one the import is active and replaces the one before. One of a single part without files
 * ends the one before.
 */
export const decideImport = (
  request: RulesetImport,
  state: RulesetState,
  { tenant, actor: by, now: at }: DecisionContext,
): (RulesetFilesImported | RulesetActivated)[] => {
  const { importId, part, parts, files } = request;
  if (state.finished.includes(importId)) return [];
  const known = state.unfinished.find((one) => one.importId === importId);
  checkRequest(request, known, tenant === OPERATOR ? PARTS_OF_OPERATOR : PARTS_OF_TENANT);
  if (known?.kept.includes(part)) return [];
  checkRules(request, tenant === OPERATOR ? OPERATOR_LIMITS : TENANT_LIMITS);
  const kept: RulesetFilesImported = { type: 'ruleset.files-imported', importId, part, parts, files, by, at };
  const complete = (known?.kept.length ?? 0) + 1 === parts;
  return complete
    ? [kept, { type: 'ruleset.activated', importId, files: (known?.files ?? 0) + files.length, by, at }]
    : [kept];
};

const LONGEST_REASON = 500;

/** Detection says that the active import cannot be compiled; whoever imports another is not kept from it. */
export const decideParking = (
  { importId, reason, under }: RulesetParkImport,
  { finished, parked }: RulesetState,
  { actor, now: at }: DecisionContext,
): RulesetImportParked[] => {
  if (actor.side !== 'SYSTEM') throw new Refused('an import is parked by detection alone', 'NOT_PERMITTED');
  if (!finished.includes(importId) || parked.some((one) => one.importId === importId && one.under === under)) return [];
  return [{ type: 'ruleset.import-parked', importId, reason: reason.slice(0, LONGEST_REASON), under, at }];
};
