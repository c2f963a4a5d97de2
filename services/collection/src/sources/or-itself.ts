/**
 * What stands inside of a piece; undefined where looking for it throws, which no JSON should make it do: the piece is
 * then read as what it is, and so are all others of its message.
 */
export const orItself = <T>(open: () => T | undefined): T | undefined => {
  try {
    return open();
  } catch {
    return undefined;
  }
};
