/** Lets in one after another, in the order they came, as many bytes as there is room for; one that has more, alone. */
export const openRoom = (mostBytes: number) => {
  const waiting: { bytes: number; go: () => void }[] = [];
  let taken = 0;
  const admit = (): void => {
    for (let next = waiting[0]; next && (taken === 0 || taken + next.bytes <= mostBytes); next = waiting[0]) {
      waiting.shift();
      taken += next.bytes;
      next.go();
    }
  };
  return {
    taken: () => taken,
    take: (bytes: number) =>
      new Promise<void>((go) => {
        waiting.push({ bytes, go });
        admit();
      }),
    give: (bytes: number) => {
      taken -= bytes;
      admit();
    },
  };
};
