import { kindOf } from '../../index.js';
import { labels } from '../../../test/source-fields.js';

it('takes GitHub as it is', () => {
  expect(labels('github', { action: 'repo.create' })).toEqual(['github/audit', 'github/webhook']);
  expect(kindOf({ product: 'github', service: 'audit' })).toBe('github');
});
