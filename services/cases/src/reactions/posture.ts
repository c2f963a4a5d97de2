import type { PostureObserve, VisibilityGapEnded, VisibilityGapFound } from '#contracts';
import { idOf, type Heard, type Reaction } from '#libs/model';

type GapFact = VisibilityGapFound | VisibilityGapEnded;

const TITLES: Readonly<Record<GapFact['kind'], (subject: string) => string>> = {
  SOURCE_SILENT: (source) => `Telemetry source ${source} is silent`,
  SOURCE_REDUCED: (source) => `Telemetry source ${source} sends half of what is normal, or less`,
  ASSET_SILENT: (host) => `Asset ${host} stopped sending`,
  PARSER_FAILING: (source) => `Much of what ${source} sends cannot be read`,
  PULL_FAILING: (source) => `Telemetry source ${source} cannot be pulled from its vendor`,
  UNKNOWN: (subject) => `Something of ${subject} is not seen`,
};

/** The same for each time that the same check finds the same thing: an item has a history. */
export const postureIdOf = (tenant: string, check: string, subject: string): string =>
  idOf('posture', tenant, check, subject);

const observed = ({ envelope: { tenant }, message }: Heard<GapFact>): PostureObserve => {
  const { gapId, kind: check, source, assetId, host, since, figures } = message;
  const isPresent = message.type === 'visibility.gap-found';
  return {
    type: 'posture.observe',
    postureId: postureIdOf(tenant, check, assetId || source),
    check,
    subject: host || source,
    title: TITLES[check](host || source),
    severity: isPresent ? message.severity : 'UNKNOWN',
    gapId,
    isPresent,
    since,
    figures,
  };
};

/** A gap in what is seen is a posture item, opened and ended by what was observed. */
export const followGap: Reaction<GapFact, PostureObserve> = {
  name: 'follow-gap',
  hears: ['visibility.gap-found', 'visibility.gap-ended'],
  react: (heard) => [{ request: observed(heard) }],
};
