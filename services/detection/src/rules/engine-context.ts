import type { CompileThreadOptions } from '#libs/rules/loading';
import type { ServiceContext } from '#libs/service';
import type { RuleSource } from '#libs/sigma';

export interface EngineOptions {
  builtIn: RuleSource[];
  windowMs: number;
  /** Where rules for everybody are kept compiled for the next start; empty: nowhere. */
  cacheFolder: string;
  /** For compiling tenants' own. */
  tenantRules: Omit<CompileThreadOptions, 'entry'>;
}

export type EngineContext = Pick<ServiceContext, 'store' | 'broker' | 'log' | 'metrics' | 'out' | 'clock' | 'ask'>;
