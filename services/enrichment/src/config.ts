import { readConfig } from '#libs/service';

/** Nothing beyond what every service reads. */
export const config = () => readConfig({}, process.env);
