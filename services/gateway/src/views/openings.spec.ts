import { heard, showing } from '#libs/testing';
import { THEN } from '../../test/samples/index.js';
import { openings } from './openings.js';

const ada = { subject: 'ada', side: 'PROVIDER' } as const;

it('a case opened by a person is found by the request', () =>
  expect(
    showing(openings).of(
      heard(
        {
          type: 'clustering.case-numbered',
          caseId: 'c',
          number: 1,
          title: '',
          description: '',
          severity: 'LOW',
          entities: [],
          by: ada,
          at: THEN,
        },
        { causationId: 'asked' },
      ),
    ),
  ).toEqual({ asked: { caseId: 'c' } }));
