import { idOf } from '#libs/model';
import { isEverywhere } from './everywhere.js';

/** One id for what a rule groups by; empty when it was not told. */
export const groupIdOf = (ruleId: string, groupKey: string): string =>
  groupKey === '' ? '' : idOf('group', ruleId, groupKey);

const FIELD = /(?:^| )[^\s=]+=/;

/**
 * Whether a group key (`src_ip=10.0.0.7`, `org=acme actor=bob`, `host:ws6`) names something that not everybody has, in
 * one of its fields at least.
 */
export const isTelling = (groupKey: string): boolean => {
  const pieces = groupKey.toLowerCase().split(FIELD);
  const values = pieces.length > 1 ? pieces : [groupKey.slice(groupKey.indexOf(':') + 1)];
  return values.some((value) => !isEverywhere(value.trim()));
};
