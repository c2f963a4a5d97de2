/** Whole and unflattened: names in these logs are dotted paths into the vendor's own JSON. */
export const plain = { containers: [], withoutSpaces: false, anyCase: false, selectors: [], aliases: [] } as const;
