import type { DeliverySend, ReportMade, TenantState } from '#contracts';
import { idOf, type Reaction } from '#libs/model';
import { dateOf } from '../domain/report/period.js';
import { isPeriodic } from '../domain/report/plan.js';

/**
 * The report of a week or month goes out to everybody who gets reports; one that somebody had made out of turn does
 * where that was asked for. That it arrived, deliveries say.
 */
export const sendReport: Reaction<ReportMade, DeliverySend, TenantState> = {
  name: 'send-report',
  hears: ['report.made'],
  react: ({ message }, settings) => {
    // Older facts do not say so of the report of a week or month.
    if (!settings || !(message.send || isPeriodic(settings.tenantId, message))) return [];
    const { reportId, from, to } = message;
    const [first, last] = [from, to - 1].map((at) => dateOf(at, settings.timeZone));
    return [
      {
        request: {
          type: 'delivery.send',
          deliveryId: idOf('delivery', reportId),
          caseId: '',
          actionId: '',
          purpose: 'REPORT',
          severity: 'UNKNOWN',
          number: 0,
          title: `${first} – ${last}`,
          to: [],
        },
      },
    ];
  },
};
