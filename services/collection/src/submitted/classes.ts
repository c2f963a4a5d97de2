/** Classes of OCSF 1.7 and of its Windows extension, as ranges of class_uid. */
const CLASSES: readonly (readonly [from: number, to: number])[] = [
  [1001, 1012],
  [2001, 2008],
  [3001, 3008],
  [4001, 4014],
  [5001, 5004],
  [5006, 5023],
  [5040, 5040],
  [6001, 6008],
  [7001, 7004],
  [8001, 8002],
  [201_001, 201_004],
  [205_004, 205_005],
  [205_019, 205_019],
];

/** Whether OCSF has such a class; 0 is the base event. */
export const isClass = (uid: number): boolean => uid === 0 || CLASSES.some(([from, to]) => uid >= from && uid <= to);
