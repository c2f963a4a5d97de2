import { fieldsOfText } from '../index.js';
import { toldBy } from '../../../test/device-lines.js';

it.each([
  '<113>Nov 28 18:59:20 FTD1 %FTD-1-430003: DeviceUUID: abc, AccessControlRuleAction: Block, ',
  '<46>1 2026-11-28T18:59:19Z FTD1 SFIMS - - - [Primary Detection Engine (abc)][Policy]:  AccessControlRuleAction: Block, ',
  '<46>Nov 28 18:59:19 FTD1 SFIMS: [Primary Detection Engine (abc)][Policy] Firewall Rule Action: Block, ',
])('tells values by name, of which the first counts, and none that a stranger may have written: %s', (begin) =>
  expect(
    fieldsOfText(
      `${begin}InitiatorIP: 10.1.1.8, ResponderIP: 203.0.113.9, SrcPort: 50003, DstPort: 443, UserAgent: x, SrcIP: 10.9.9.9, User: eve, URL: http://a/, User: ada`,
    ),
  ).toEqual(
    expect.objectContaining({
      AccessControlRuleAction: 'Block',
      SrcIP: '10.1.1.8',
      DstIP: '203.0.113.9',
      DstPort: '443',
    }),
  ),
);

it('tells an alert of the management center', () =>
  expect(
    toldBy(
      '<129>Nov 28 18:59:19 fmc SFIMS: [1:2019401:5] "SMB attempt" [Impact: Vulnerable] From "s1" at Sat Nov 28 18:59:19 2026 UTC [Classification: x] [Priority: 1] {tcp} 203.0.113.9:5555 -> 10.1.1.8:22',
    ),
  ).toBe('203.0.113.9:5555 > 10.1.1.8:22; detection'));
