import { withoutHelm } from './helm.js';

/** Specs that render the chart; skipped, and said to be, where there is no helm. */
export const whereHelmIs = withoutHelm ? describe.skip : describe;
