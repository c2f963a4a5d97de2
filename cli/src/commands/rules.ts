import type { Command } from 'commander';
import { addBacktest } from './rules-backtest.js';
import { addCheck } from './rules-check.js';
import { addExceptions } from './rules-exception.js';
import { addImport } from './rules-import.js';
import { addPlaceholders } from './rules-placeholders.js';

/** rules check, rules import, and what tenants add */
export const defineRules = (rules: Command): void => {
  addCheck(rules);
  addImport(rules);
  addPlaceholders(rules);
  addExceptions(rules);
  addBacktest(rules);
};
