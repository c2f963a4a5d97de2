import { idOf } from '#libs/model';
import type { Clock, Out } from '#libs/service';
import { repeatsDue, type TrackedFinding } from '../domain/repeats/tracking.js';
import type { ClaimedPartition } from '../checkpoints/partition.js';

/** Tells how often findings were repeated, of those that are due. @param findings of this partition, by id */
export const publishRepeats = async (
  { out, clock }: { out: Out; clock: Clock },
  partition: Pick<ClaimedPartition<unknown>, 'changed'>,
  findings: Map<string, TrackedFinding>,
): Promise<void> => {
  const due = repeatsDue(findings, clock.now());
  if (due.length === 0) return;
  await out.send(
    due.map(({ findingId, tracked, fact }) =>
      out.record(tracked.tenant, fact, {
        id: idOf('finding.repeated', findingId, fact.count),
        subject: findingId,
        correlationId: findingId,
      }),
    ),
  );
  for (const { findingId, tracked } of due) findings.set(findingId, tracked);
  partition.changed = true;
};
