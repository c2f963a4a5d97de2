import type { VerifiedReport } from '../../../services/reporting/src/effects/verify-report.js';

type Verified = Omit<VerifiedReport, 'made'>;

/** Whether nothing speaks against the report; that today's form tells something otherwise does not. */
export const isAsMade = ({ differences, problems }: Verified): boolean => differences.length + problems.length === 0;

const differing = (differences: Verified['differences'], whoSays: string): string[] =>
  differences.map(
    ({ path, reported, recomputed }) =>
      `${path}: reported ${JSON.stringify(reported)}, ${whoSays} ${JSON.stringify(recomputed)}`,
  );

/** What came of verifying a report, for people. */
export const verificationLines = (verified: Verified): string[] => {
  const { differences, problems, olderForm } = verified;
  const lines = [...problems, ...differing(differences, 'the facts say')];
  if (!olderForm)
    return isAsMade(verified) ? ['every figure is what the facts say, and no stored byte has changed'] : lines;
  const { schema, today, differences: otherwise } = olderForm;
  const how = otherwise.length
    ? 'tells what follows otherwise, which does not make it false'
    : 'tells nothing otherwise';
  return [
    ...lines,
    ...(isAsMade(verified) ? ['no stored byte has changed'] : []),
    `the report was made by an older form (schema ${schema}); that of today (${today}) ${how}`,
    ...differing(otherwise, "today's form says"),
  ];
};
