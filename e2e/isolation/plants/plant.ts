import type { TestInstallation } from '../../support/installation.js';
import type { Cast } from '../cast.js';
import { MARKED, type SearchedSurface } from '../surface.js';
import type { SurfaceLooks } from '../walk.js';

export interface PlantScene {
  installed: TestInstallation;
  casts: readonly Cast[];
  all: SurfaceLooks;
}

/** A leak put where it must be found. */
export interface Plant {
  what: string;
  /** @returns how to take it away. */
  plant(scene: PlantScene): Promise<() => Promise<void> | void>;
  look(scene: PlantScene): Promise<SearchedSurface[]>;
  found: RegExp;
}

/** Whose place it is, and whose text must not be there. */
export const [ALFA, BRAVO] = MARKED;
export const nothing = (): void => undefined;
