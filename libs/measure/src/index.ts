/** How specs tell what takes one pass from what looks back again and again: by ratios, and by no clock. */
export { growthOf, growthOfText, leastCpuMs, LINEAR } from './growth.js';
