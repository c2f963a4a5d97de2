import { finds, labels } from '../../../test/source-fields.js';

it('Zeek is its log, also where a collector renames it; http answers to proxy, dns to dns', () => {
  expect(labels('zeek', { _path: 'smb_files', name: 'x' })).toEqual(['zeek/smb_files', 'zeek/*']);
  expect(labels('zeek', { '@stream': 'conn', id_orig_h: '10.1.2.3' })).toEqual(['zeek/conn', '/firewall', 'zeek/*']);
  expect(finds({ category: 'proxy' }, 'c-uri|contains', "'/x'", 'zeek', { _path: 'http', uri: '/x?y' })).toBe(true);
  expect(
    finds({ category: 'dns' }, 'answer', '203.0.113.9', 'zeek', {
      _path: 'dns',
      query: 'a',
      answers: ['198.51.100.1', '203.0.113.9'],
    }),
  ).toBe(true);
  expect(
    finds({ category: 'firewall' }, 'dst_port', '445', 'zeek', {
      _path: 'conn',
      id: { orig_h: '10.1.2.3', resp_p: 445 },
    }),
  ).toBe(true);
});

it.each([
  ['conn', 'firewall', { proto: 'tcp', conn_state: 'SF' }],
  ['dns', 'dns', { query: 'a.example', qclass_name: 'C_INTERNET' }],
  ['http', 'proxy', { method: 'GET', uri: '/' }],
])('a line of %s that does not name its log is known by what it holds', (log, category, event) =>
  expect(labels('zeek', { uid: 'C1', ...event })).toEqual([`zeek/${log}`, `/${category}`, 'zeek/*']),
);

it('a line that names its log is no other, whatever it holds', () =>
  expect(labels('zeek', { _path: 'sip', method: 'GET', conn_state: 'SF' })).toEqual(['zeek/sip', 'zeek/*']));
