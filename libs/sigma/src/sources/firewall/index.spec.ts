import { finds, labels } from '../../../test/source-fields.js';

it('is a category without a product', () => {
  expect(labels('firewall', { srcip: '10.1.2.3', type: 'event' })).toEqual(['/firewall', 'fortigate/event']);
  expect(finds({ category: 'firewall' }, 'src_ip|cidr', '10.0.0.0/8', 'firewall', { source: { ip: '10.1.2.3' } })).toBe(
    true,
  );
});
