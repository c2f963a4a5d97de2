import { finds, labels } from '../../../test/source-fields.js';

it('Suricata is its event type; http answers to proxy, dns to dns', () => {
  expect(labels('suricata', { event_type: 'alert' })).toEqual(['suricata/alert', 'suricata/*']);
  const http = {
    event_type: 'http',
    http: { hostname: 'evil.example', url: '/x', http_user_agent: 'curl', status: 200 },
  };
  expect(finds({ category: 'proxy' }, 'c-useragent', 'curl', 'suricata', http)).toBe(true);
  expect(finds({ category: 'proxy' }, 'sc-status', '200', 'suricata', http)).toBe(true);
  expect(
    finds({ category: 'dns' }, 'query|endswith', '.example', 'suricata', {
      event_type: 'dns',
      dns: { rrname: 'a.example' },
    }),
  ).toBe(true);
});

it('records of Suricata 8 have their names in a list', () => {
  expect(
    finds({ category: 'dns' }, 'query|endswith', '.example', 'suricata', {
      event_type: 'dns',
      dns: { version: 3, queries: [{ rrname: 'a.example', rrtype: 'A' }] },
    }),
  ).toBe(true);
});
