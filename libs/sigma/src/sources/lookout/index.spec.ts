import { labels } from '../../../test/source-fields.js';

it('has a service by the type of event, whatever its case', () =>
  expect(labels('lookout', { type: 'THREAT' })).toEqual(['lookout/threat', 'lookout/*']));
