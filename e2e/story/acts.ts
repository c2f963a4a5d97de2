/**
 * Tests of one story: each act builds on those before. After one has failed the others say so at once, instead of
 * waiting for what will not come.
 */
export const acts = () => {
  let failed: string | undefined;
  return (name: string, play: () => Promise<unknown>, withinMs = 120_000): void => {
    it(
      name,
      async () => {
        if (failed) throw new Error(`not reached: "${failed}" failed before`);
        failed = name;
        await play();
        failed = undefined;
      },
      withinMs,
    );
  };
};
