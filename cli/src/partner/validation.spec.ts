import type { TelemetryEvent } from '#contracts';
import type { PreviewedPiece } from '../../../services/collection/src/preview/index.js';
import { Validation, validationText, type FileValidation } from './validation.js';

const event = (entity: string, classUid: number, ...flags: string[]): { event: TelemetryEvent } => ({
  event: {
    id: '1',
    occurredAt: 0,
    ingestedAt: 0,
    entity,
    observables: [],
    flags,
    partition: 0,
    offset: 0,
    index: 0,
    native: Buffer.from('{}'),
    ocsf: { categoryUid: 1, classUid, activityId: 1, severityId: 1, message: '' },
  },
});
const dead = (code: string, text: string) => ({ dead: { code, sentence: `${code} it is`, bytes: Buffer.from(text) } });

const validationOf = (some: readonly PreviewedPiece[]): FileValidation => {
  const validation = new Validation();
  for (const piece of some) validation.add(piece);
  return validation.found;
};
const pieces = [
  event('host:a', 1007, 'times-disagree:UtcTime:TimeCreated:68400'),
  event('host:a', 1007, 'times-disagree:UtcTime:TimeCreated:7', 'time-missing'),
  event('host:b', 0),
  dead('NOT_JSON', 'one\n\u001b[2Jline'),
  dead('NOT_JSON', 'two'),
  dead('TOO_LARGE', 'x'.repeat(1_000)),
];

it('a file is told in figures: events, flags, and each sort of loss with its first', () =>
  expect(validationOf(pieces)).toEqual({
    events: 3,
    dead: 3,
    unrecognised: 0,
    entities: 2,
    classes: { 'class 1007': 2, 'class 0': 1 },
    flags: { 'times-disagree': 2, 'time-missing': 1 },
    losses: [
      { code: 'NOT_JSON', sentence: 'NOT_JSON it is', count: 2, first: 'one [2Jline' },
      { code: 'TOO_LARGE', sentence: 'TOO_LARGE it is', count: 1, first: 'x'.repeat(200) },
    ],
  }));
it('and in words', () => {
  expect(validationText(validationOf(pieces.slice(2, 4))).split('\n')).toEqual([
    '1 events of 1 entities, 1 dead letters',
    'classes   1 × class 0',
    'flags     none',
    '  1 × NOT_JSON: NOT_JSON it is',
    '      such as one [2Jline',
  ]);
  expect(validationText(validationOf([]))).toContain('0 events of 0 entities, 0 dead letters');
});
