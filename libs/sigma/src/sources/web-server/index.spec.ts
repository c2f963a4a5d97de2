import { labels } from '../../../test/source-fields.js';

it('is a category without a product, and has a service of its own name', () =>
  expect(labels('web-server', { service: 'nginx', request: 'GET / HTTP/1.1' })).toEqual(['/webserver', '/nginx']));
