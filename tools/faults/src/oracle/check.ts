/** What the oracle holds against a run: nothing, when there are no failures. */
export interface OracleCheck {
  name: string;
  /** How many were looked at. */
  of: number;
  /** Each with its id or coordinates; MOST of them. */
  failures: string[];
  /** All of them. */
  failed: number;
  /** What was seen and is none, such as records that came twice under one id. */
  said?: string;
}

const MOST = 20;

export const checked = (name: string, of: number, failures: readonly string[], said?: string): OracleCheck => ({
  name,
  of,
  failures: failures.slice(0, MOST),
  failed: failures.length,
  ...(said === undefined ? {} : { said }),
});
