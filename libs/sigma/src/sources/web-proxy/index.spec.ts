import { labels } from '../../../test/source-fields.js';

it('is a category without a product', () =>
  expect(labels('web-proxy', { url: 'http://a.example/' })).toEqual(['/proxy']));
