import type { SourceKind } from '#contracts';
import { cloudTrailLine, linuxLine, zeekLine } from './other-lines.js';
import { windowsLine } from './windows-lines.js';

/** How events of a kind of source look, and by which field the rule of the needles finds them. */
interface MeasuredKind {
  kind: SourceKind;
  /** The nth event, at a time in epoch ms; a needle with a mark. */
  line(nth: number, at: number, mark?: string): string;
  /** Id of the rule that its needles fire. */
  rule: string;
  logsource: string;
  field: string;
}

const ruleOf = (nth: number): string => `b7a1f0a5-3f0b-4a55-9c06-6d1d6b1a9e0${nth}`;

/** Kinds of source that can be measured, by what they are called on the command line. */
export const KINDS = {
  windows: { kind: 'WINDOWS', line: windowsLine, rule: ruleOf(1), logsource: 'product: windows', field: 'CommandLine' },
  linux: { kind: 'LINUX', line: linuxLine, rule: ruleOf(2), logsource: 'product: linux', field: 'CommandLine' },
  'aws-cloudtrail': {
    kind: 'AWS_CLOUDTRAIL',
    line: cloudTrailLine,
    rule: ruleOf(3),
    logsource: 'product: aws, service: cloudtrail',
    field: 'userAgent',
  },
  zeek: { kind: 'ZEEK', line: zeekLine, rule: ruleOf(4), logsource: 'product: zeek, service: http', field: 'uri' },
} as const satisfies Record<string, MeasuredKind>;

export type KindName = keyof typeof KINDS;

const rules: ReadonlySet<string> = new Set(Object.values(KINDS).map(({ rule }) => rule));

/** Whether needles alone fire the rule. */
export const isNeedleRule = (id: string): boolean => rules.has(id);
