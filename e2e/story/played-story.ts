import type { MadeReport, Stage } from '../../cli/src/index.js';
import type { TestInstallation } from '../support/installation.js';

/** The story of three customers after its last act: what checks look at. */
export interface PlayedStory {
  installed: TestInstallation;
  stage: Stage;
  /** By tenant. */
  cases: Record<string, { id: string; number: string }[]>;
  /** Of the week, by tenant. */
  reports: Record<string, MadeReport>;
}
