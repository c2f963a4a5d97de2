import type { ClusteringFact } from '#contracts';
import { MINUTE_MS, HOUR_MS } from '#libs/terms';
import { caseOf, given, later, onWs5, onWs6, opening, opens, place } from '../../../test/placements.js';
import { THEN, finding } from '../../../test/samples.js';

const joins = { type: 'clustering.finding-placed', opened: false, number: 1001, caseId: caseOf('a') } as const;

describe('a finding', () => {
  it('opens the first case, numbered 1001, with an id of its own', () =>
    given().when(place(onWs6)).then(opening(onWs6)));
  it('is placed once', () => given(opening(onWs6)).when(place(onWs6)).then());
  it('joins the case on its host, however the host is written', () =>
    given(opening(onWs6))
      .when(place(finding('c', 'host:WORKSTATION6', later(20 * HOUR_MS))))
      .thenLike(joins));
  it('does not join the host of that name in another domain', () =>
    given(opening(onWs6))
      .when(place(finding('c', 'host:workstation6.other.example', later(MINUTE_MS))))
      .thenLike(opens));
  it('joins by a full name what was seen under the short one', () =>
    given(opening(finding('a', 'host:ws6')))
      .when(place(finding('c', 'host:WS6.corp.example.', later(MINUTE_MS))))
      .thenLike(joins));
  it('says why it joins', () =>
    given(opening(onWs6))
      .when(place(finding('c', 'host:workstation6', later(5 * MINUTE_MS))))
      .thenLike({ ...joins, because: 'shares host workstation6 with case 1001, 5 min apart' }));
  it('joins by an account seen on another host minutes ago', () =>
    given(opening(finding('a', 'host:ws6 user:pgustavo')))
      .when(place(finding('c', 'host:ws5 user:THESHIRE\\pgustavo', later(2 * MINUTE_MS))))
      .thenLike(joins));
  it('does not join by an account alone, six hours later on another host', () =>
    given(opening(finding('a', 'host:ws6 user:pgustavo')))
      .when(place(finding('c', 'host:ws9 user:pgustavo', later(6 * HOUR_MS))))
      .thenLike(opens));
  it('does not join by files, addresses and accounts together, six hours later on another host', () =>
    given(
      opening(finding('a', 'host:ws6 user:p hash:aa ip:8.8.8.8 ip:10.0.0.5 process:powershell.exe domain:x.example')),
    )
      .when(
        place(
          finding(
            'c',
            'host:ws9 user:p hash:aa ip:8.8.8.8 ip:10.0.0.5 process:powershell.exe domain:x.example',
            later(6 * HOUR_MS),
          ),
        ),
      )
      .thenLike(opens));
  it('joins across hosts and hours by a known indicator', () =>
    given(opening(finding('a', 'host:ws6 ip:203.0.113.9', { knownIndicator: true })))
      .when(place(finding('c', 'host:ws9 ip:203.0.113.9', later(6 * HOUR_MS, { knownIndicator: true }))))
      .thenLike(joins));
  it('joins by an account without hosts for a day', () =>
    given(opening(finding('a', 'user:alice@acme.example')))
      .when(place(finding('c', 'user:alice@acme.example', later(23 * HOUR_MS))))
      .thenLike(joins));
  it('does not join by the cloud account and an office address, which all share', () =>
    given(opening(finding('a', 'cloud-principal:p cloud-account:123 ip:198.51.100.7')))
      .when(place(finding('c', 'cloud-principal:q cloud-account:123 ip:198.51.100.7', later(MINUTE_MS))))
      .thenLike(opens));
  it.each([
    'user:system',
    'user:nt_authority\\system',
    'user:local_service',
    'user:root',
    'user:-',
    'ip:127.0.0.1',
    'ip:::ffff:127.0.0.1',
    'ip:169.254.169.254',
    'host:localhost',
    'user:DWM-3',
    'pid:4',
  ])('does not join by %s, which says nothing', (shared) =>
    given(opening(finding('a', shared)))
      .when(place(finding('c', shared)))
      .thenLike(opens),
  );
  it('does not join a host of the day before yesterday', () =>
    given(opening(onWs6))
      .when(place(finding('c', 'host:workstation6', later(25 * HOUR_MS))))
      .thenLike(opens));
  it('joins two days later when the attack moves on along the chain on that host', () =>
    given(opening(finding('a', 'host:ws6', { tactics: ['attack.execution'] })))
      .when(place(finding('c', 'host:ws6', later(48 * HOUR_MS, { tactics: ['Exfiltration'] }))))
      .thenLike({
        ...joins,
        because: 'continues the attack on host ws6 from execution to exfiltration, 48 h after case 1001',
      }));
  it('that happened earlier joins as well', () =>
    given(opening(onWs6))
      .when(place(finding('c', 'host:workstation6', later(-2 * HOUR_MS))))
      .thenLike(joins));
});
describe('a finding that ties two cases together', () => {
  const bridge = finding('c', 'host:workstation6.theshire.local host:workstation5', later(MINUTE_MS));
  it('joins the older, and the cases are merged', () =>
    given(opening(onWs6), opening(onWs5, 1002))
      .when(place(bridge))
      .thenLike(joins, {
        type: 'clustering.cases-merged',
        fromCaseId: caseOf('b'),
        intoCaseId: caseOf('a'),
        findings: [onWs5],
      }));
  it('merges nothing when only informational', () =>
    given(opening(onWs6), opening(onWs5, 1002))
      .when(place({ ...bridge, severity: 'INFORMATIONAL' }))
      .thenLike(joins));
  it('leads what follows to the case that is left', () => {
    const facts = given(opening(onWs6), opening(onWs5, 1002)).when(place(bridge)).facts();
    given(opening(onWs6), opening(onWs5, 1002), ...facts)
      .when(place(finding('d', 'host:workstation5')))
      .thenLike(joins);
  });
  it('does not undo a split by a person', () => {
    const split: ClusteringFact = {
      type: 'clustering.case-split',
      fromCaseId: caseOf('a'),
      caseId: 'new',
      number: 1002,
      findings: [onWs5],
      reason: 'unrelated',
      by: { subject: 'ada', side: 'PROVIDER' },
      at: THEN,
    };
    given(opening(onWs6), { ...opening(onWs5), caseId: caseOf('a'), opened: false } as ClusteringFact, split)
      .when(place(bridge))
      .thenLike(joins);
  });
});
describe('an informational finding', () => {
  const logoff = finding('i', 'host:dc1', { severity: 'INFORMATIONAL' });
  const held: ClusteringFact = {
    type: 'clustering.finding-held',
    finding: logoff,
    because: 'informational, and it belongs to no open case',
    at: THEN,
    groupKey: '',
  };
  it('opens no case and waits', () => given().when(place(logoff)).then(held));
  it('waits once', () => given(held).when(place(logoff)).then());
  it('joins an open case at once', () =>
    given(opening(finding('a', 'host:dc1')))
      .when(place(logoff))
      .thenLike(joins));
  it('follows when a case opens on its host', () =>
    given(held)
      .when(place(finding('a', 'host:dc1', later(MINUTE_MS))))
      .thenLike({ ...joins, opened: true }, { ...joins, finding: logoff }));
});
