import { showing } from '#libs/testing';
import { heardOf, idsOf, markOf, THEN } from '../../test/samples/index.js';
import { reportPdfs, reports } from './reports.js';

const ids = idsOf('acme');

it('a report is data, its PDF is kept apart', () => {
  const made = heardOf('acme', 'report.made');
  expect(showing(reports).of(...made)[ids.report]).toEqual({
    reportId: ids.report,
    kind: 'WEEKLY',
    from: THEN,
    to: THEN + 1,
    language: 'EN',
    verdict: markOf('acme'),
    colour: 'GREEN',
    figures: `{"a":"${markOf('acme')}"}`,
    figuresHash: markOf('acme'),
    madeAt: THEN,
  });
  expect(Buffer.from(showing(reportPdfs).of(...made)[ids.report]?.pdf ?? '', 'base64').toString()).toBe(
    `%PDF ${markOf('acme')}`,
  );
});
