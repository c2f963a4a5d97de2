import { vpcFlow } from './vpc-flow.js';

const FLOW = '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070';
const GATEWAY =
  '6 TransitGateway 123456789012 tgw-0a1 tgw-attach-1 1 2 vpc-1 vpc-2 subnet-1 subnet-2 eni-1 eni-2 az1 az2 tgw-attach-2 10.0.0.1 10.1.0.2 4000 443 6 5 600 1418530010 1418530070 OK IPv4 0 0 0 0 2 eu-west-1 ingress - -';

describe('a flow record of AWS', () => {
  it.each<[string, string, object]>([
    ['accepted', `${FLOW} ACCEPT OK`, { srcaddr: '172.31.16.139', dstport: '22', action: 'ACCEPT', end: '1418530070' }],
    ['rejected', `${FLOW} REJECT OK\r`, { action: 'REJECT', 'log-status': 'OK', 'account-id': '123456789010' }],
    ['of a gateway', GATEWAY, { srcaddr: '10.0.0.1', dstaddr: '10.1.0.2', region: 'eu-west-1', 'tgw-id': 'tgw-0a1' }],
  ])('is read: %s', (_, line, fields) => expect(vpcFlow(line)).toMatchObject(fields));

  it('of no traffic says so', () =>
    expect(vpcFlow('2 123456789010 eni-1 - - - - - - - 1431280876 1431280934 - NODATA')).toEqual({
      version: '2',
      'account-id': '123456789010',
      'interface-id': 'eni-1',
      start: '1431280876',
      end: '1431280934',
      'log-status': 'NODATA',
      'derived.time': '2015-05-10T18:02:14.000Z',
    }));

  it.each([
    FLOW,
    `${FLOW} ACCEPT`,
    `${FLOW} x ACCEPT OK`,
    `x ${FLOW} ACCEPT OK`,
    `3${FLOW.slice(1)} ACCEPT OK`,
    `${GATEWAY} more`,
    GATEWAY.slice(0, -2),
  ])('is no other line: %s', (line) => expect(vpcFlow(line)).toBeUndefined());
});
