import type { ChainVerification, ChainProblem } from './verify.js';

const placeOf = ({ service, tenant, streamId, version }: ChainProblem): string =>
  `${service}, tenant ${tenant}${streamId === '' ? '' : `, ${streamId}, version ${version}`}`;

/** What was found, in words; the first wrong place first. */
export const verifiedText = ({
  wrong,
  more,
  streams,
  commits,
  anchors,
  snapshots,
  archived,
  lastAnchorAt,
  compared,
}: ChainVerification): string => {
  const lines = wrong.map((one, index) => `${index === 0 ? 'first wrong place: ' : ''}${placeOf(one)}: ${one.problem}`);
  if (more > 0) lines.push(`and ${more} more`);
  const last =
    lastAnchorAt === undefined ? 'there is no anchor yet' : `last anchor at ${new Date(lastAnchorAt).toISOString()}`;
  lines.push(
    `${streams} streams, ${commits} commits, ${anchors} anchors, ${snapshots} snapshots${archived === 0 ? '' : `, ${archived} archived files`} verified${compared === undefined ? '' : `, ${compared} facts on Kafka compared`}; ${last}`,
  );
  lines.push(
    compared === undefined
      ? 'not seen by this: commits cut off, or streams made and deleted, since the last anchor'
      : 'not seen by this: commits cut off, or streams made and deleted, since the last anchor, once Kafka no longer carries their facts (30 days)',
  );
  if (wrong.length === 0) lines.push('nothing was changed, taken out or put back');
  return lines.join('\n');
};
