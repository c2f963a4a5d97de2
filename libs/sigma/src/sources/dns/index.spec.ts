import { labels } from '../../../test/source-fields.js';

it('is a category without a product', () => expect(labels('dns', { query: 'a' })).toEqual(['/dns', '/network']));
