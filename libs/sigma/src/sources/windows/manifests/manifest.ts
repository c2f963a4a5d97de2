/**
 * Names of an event's data, in the order of its manifest. `|` stands where an older version of the event ends; `$s` is
 * the subject, `$t` the target of a logon, `$a` the account that is changed.
 */
export type Manifest = readonly (readonly [ids: readonly number[], names: string])[];
