import { idOf } from '#libs/model';

export const THEN = Date.UTC(2026, 10, 2, 10, 0);

export const provider = { subject: 'ada', side: 'PROVIDER' } as const;

/** Ids of the things of a tenant. */
export const idsOf = (tenant: string) => ({
  case: idOf('case', tenant),
  finding: idOf('finding', tenant),
  action: idOf('action', tenant),
  posture: idOf('posture', tenant),
  report: idOf('report', tenant),
  exception: idOf('exception', tenant),
  backtest: idOf('backtest', tenant),
  hunt: idOf('hunt', tenant),
  message: idOf('message', tenant),
  proposal: idOf('proposal', tenant),
  recommendation: idOf('recommendation', tenant),
  /** Given in the case, as it once was. */
  oldRecommendation: idOf('old recommendation', tenant),
  request: idOf('request', tenant),
  delivery: idOf('delivery', tenant),
  reminder: idOf('reminder', tenant),
});

/** Each text of a tenant's facts holds it, so that a leak shows. */
export const markOf = (tenant: string): string => `only-${tenant}`;
