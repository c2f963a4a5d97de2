/** Gaps in what is seen become findings, as what rules match does: shown, kept and counted in the same way. */
import type { VisibilityGapFound } from '#contracts';
import { fromRecord, type OutRecord } from '#libs/events';
import { idOf } from '#libs/model';
import { orSetAside, type OpenPipe } from '#libs/service';
import { gapFinding } from '../domain/visibility/gap-finding.js';

export const raiseGaps = (): OpenPipe => ({
  handle: async ({ records }, out) => {
    const raised: OutRecord[] = [];
    for (const record of records) {
      const one = await orSetAside(out, record, () => fromRecord(record));
      if (one?.envelope.type !== 'visibility.gap-found') continue;
      const { tenant, id: causationId, correlationId = causationId } = one.envelope;
      const finding = gapFinding(tenant, one.message as VisibilityGapFound);
      if (!finding) continue;
      const { findingId: subject } = finding;
      raised.push(
        out.record(tenant, finding, { id: idOf('finding.raised', subject), subject, causationId, correlationId }),
      );
    }
    if (raised.length > 0) await out.send(raised);
  },
});
