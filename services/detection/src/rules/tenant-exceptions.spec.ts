import type { RulesetExceptionAdded } from '#contracts';
import { exception, rule, rulesFor } from '../../test/tenant-rule-samples.js';

describe('an exception', () => {
  const suppresses = async (one: RulesetExceptionAdded, native: object, ingestedAt?: number): Promise<boolean> => {
    const { idsOf, passed, rules } = await rulesFor({ exceptions: [one] });
    expect(rules?.own.failures).toEqual([]);
    const raised = idsOf(native, ingestedAt).includes('global');
    expect(passed).toHaveLength(raised ? 0 : 1);
    return !raised;
  };
  it('lets matches pass that meet all of its conditions', async () => {
    const both = {
      ...exception('CommandLine|contains', 'scan'),
      where: [
        { field: 'CommandLine|contains', values: ['scan', 'probe'] },
        { field: 'User', values: ['svc'] },
      ],
    };
    expect(await suppresses(both, { CommandLine: 'a Probe b', User: 'SVC' })).toBe(true);
    expect(await suppresses(both, { CommandLine: 'a probe b', User: 'ada' })).toBe(false);
  });
  it('lets no other rule pass', async () => {
    const { idsOf } = await rulesFor({
      exceptions: [exception('CommandLine', 'own')],
      importId: 'i',
      files: [rule('own', "CommandLine: 'own'")],
    });
    expect(idsOf({ CommandLine: 'own' })).toEqual(['own']);
  });
  it('holds for events that came in before it ends, and for no later one', async () => {
    expect(await suppresses(exception('User', 'svc'), { User: 'svc' }, 4_999)).toBe(true);
    expect(await suppresses(exception('User', 'svc'), { User: 'svc' }, 5_000)).toBe(false);
  });
  it.each<[string, string, string]>([
    ['a wildcard', 'a*c', 'abc'],
    ['a question mark', 'a?c', 'abc'],
    ['all', '*', 'anything'],
    ['a placeholder', '%admins%', 'ada'],
    ['the end of a list', "x' ] , selection: '*", 'anything'],
    ['another line', 'x\n  condition: 1 of them', 'anything'],
  ])('takes its values as they are: %s', async (_, value, other) => {
    expect(await suppresses(exception('CommandLine', value), { CommandLine: value })).toBe(true);
    expect(await suppresses(exception('CommandLine', value), { CommandLine: other })).toBe(false);
  });
  it('takes backslashes as they are, one or several', async () => {
    for (const value of ['C:\\Tools\\scan.exe', '\\\\srv\\share', 'x\\*', 'ends\\']) {
      expect(await suppresses(exception('CommandLine', value), { CommandLine: value })).toBe(true);
      expect(await suppresses(exception('CommandLine|endswith', value), { CommandLine: `before ${value}` })).toBe(true);
    }
  });
  it('takes numbers, networks and expressions', async () => {
    expect(await suppresses(exception('ProcessId', '7'), { ProcessId: 7 })).toBe(true);
    expect(await suppresses(exception('ProcessId|lt', '7'), { ProcessId: 6 })).toBe(true);
    expect(await suppresses(exception('SourceIp|cidr', '10.0.0.0/8'), { SourceIp: '10.1.2.3' })).toBe(true);
    expect(await suppresses(exception('CommandLine|re', '^a.c$'), { CommandLine: 'abc' })).toBe(true);
  });
  it('that cannot be understood lets nothing pass, and says so', async () => {
    const { rules, idsOf } = await rulesFor({ exceptions: [exception('CommandLine|re', '(')] });
    expect(idsOf({ CommandLine: '(' })).toEqual(['global']);
    expect(rules?.own.failures).toMatchObject([{ file: 'x CommandLine|re' }]);
  });
  it('from a rule that is not loaded waits for it', async () => {
    const { rules, idsOf } = await rulesFor({ exceptions: [{ ...exception('User', 'svc'), ruleId: 'later' }] });
    expect([rules?.own.failures, idsOf({ User: 'svc' })]).toEqual([[], ['global']]);
  });
});
