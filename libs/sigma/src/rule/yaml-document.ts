import type { Limits } from './limits.js';
import type { Json } from '../types.js';

/** One document of a YAML text. */
export type YamlDocument = {
  value: Json;
  /** Where its content begins; from 1. */
  line: number;
  /** The line of the deepest part of the path that stands in this document. */
  lineOf(path: readonly (string | number)[]): number;
  /** Why it cannot be read. */
  problem?: { line: number; reason: string; limit?: keyof Limits };
};
