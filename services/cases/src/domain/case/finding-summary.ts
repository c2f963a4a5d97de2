import type { Entity, FindingSummary } from '#contracts';
import { cut } from '#libs/model';

const TITLE = 200;
const ID = 100;
const NAMES = 20;
const NAME = 40;
/** A longer value ties nothing together: it is left out, for a cut one would be another entity. */
const ENTITY = 300;
const ENTITIES = 50;
const GROUP_KEY = 1_000;
const ENTITIES_LENGTH = 2_500;

const names = (list: string[]): string[] => list.slice(0, NAMES).map((one) => cut(one, NAME));

const bounded = (entities: Entity[]): Entity[] => {
  let length = 0;
  return entities
    .filter(({ value, kind }) => value.length + kind.length <= ENTITY)
    .slice(0, ENTITIES)
    .filter(({ kind, value }) => {
      length += kind.length + value.length;
      return length <= ENTITIES_LENGTH;
    });
};

/** What a rule groups by; detection's keys are shorter, and a longer one is none, for a cut one would be another. */
export const boundedGroupKey = (groupKey: string): string => (groupKey.length > GROUP_KEY ? '' : groupKey);

/** A finding as cases carry it: small enough that a fact takes all those of a full case. */
export const boundedSummary = (finding: FindingSummary): FindingSummary => ({
  ...finding,
  ruleId: cut(finding.ruleId, ID),
  title: cut(finding.title, TITLE),
  source: cut(finding.source, ID),
  techniques: names(finding.techniques),
  tactics: names(finding.tactics),
  entities: bounded(finding.entities),
  assetGroups: names(finding.assetGroups),
});
