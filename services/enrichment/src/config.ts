import { readConfig } from '#libs/service';

/** Nothing beyond what every service reads. */
export const config = (environment: Record<string, string | undefined> = process.env) => readConfig({}, environment);
