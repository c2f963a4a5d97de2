import { labels } from '../../../test/source-fields.js';

it('has a service by the type of mail', () =>
  expect(labels('mimecast', { type: 'url protect' })).toEqual(['mimecast/url-protect', 'mimecast/*', '/email']));
