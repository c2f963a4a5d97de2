/**
 * Up to when (epoch ms) what a document tells may move a figure: the last that was told of it, or for ever while it is
 * open. A report reads what reaches into its periods, and no tenant's whole life. Absent in documents of before.
 */
export interface Reaching {
  until?: number;
}

/** Of what is open: no date lies behind it. */
export const OPEN_END = Number.MAX_SAFE_INTEGER;
