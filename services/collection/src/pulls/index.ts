import { cloudtrail, vpcFlow } from './aws-s3.js';
import { directory } from './directory.js';
import { github } from './github.js';
import { google } from './google.js';
import { graph } from './graph.js';
import { m365 } from './m365.js';
import { okta } from './okta.js';
import type { Puller } from './puller.js';

/** Every log that can be pulled; PULLS of libs/terms says the same names. */
export const pullers: readonly Puller[] = [
  cloudtrail,
  directory,
  github,
  google,
  ...graph,
  m365,
  okta,
  vpcFlow,
] as Puller[];
