import type { ErasureBegun } from '#contracts';
import type { Heard } from '#libs/model';
import { KEPT_RECEIPTS } from '../../../services/collection/src/pipes/keep-receipts.js';
import { KEPT } from '../../../services/detection/src/pipes/keep.js';

/** Who keeps what Kafka carried first, and in streams of which subject, by what its types begin with. */
const KEPT_BY: Record<string, { service: string; subject: string }> = {
  finding: { service: 'detection', subject: KEPT.finding },
  ruleset: { service: 'detection', subject: KEPT.ruleset },
  telemetry: { service: 'collection', subject: KEPT_RECEIPTS },
};

/**
 * Whether what Kafka still carries is of what was taken away where it is kept: of the tenant, said until the erasure,
 * and in a subject that it names, if it names any. Single streams that are named say nothing here: what is carried does
 * not say in which stream it was kept.
 * @param erasures of all services that keep facts: they are told in streams of the operator.
 */
export const erasedAmong =
  (erasures: readonly Heard<ErasureBegun>[]): ((carried: Heard) => boolean) =>
  ({ envelope: { tenant, time, type } }) => {
    const kept = KEPT_BY[type.split('.', 1)[0] ?? ''];
    return erasures.some(
      ({ envelope: { source }, message: { tenantId, until, subjects, streams } }) =>
        source === kept?.service &&
        tenantId === tenant &&
        time <= until &&
        (subjects.length + streams.length === 0 || subjects.includes(kept.subject)),
    );
  };
