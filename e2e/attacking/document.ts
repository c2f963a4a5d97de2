import type { Attack } from '../attacks/attack.js';

export const DOCUMENT = 'docs/security.md';
const HEADING = /^#### (\d+)\. /;

const namesOf = (attacks: readonly Attack[], wall: number): string => {
  const names = attacks.filter(({ line }) => line === wall).map(({ name }) => `\`${name}\``);
  return names.length ? `Attacks: ${names.join(', ')}.` : 'Attacks: none yet.';
};

/** The page of walls, with the names of the attacks under each of them. */
export const documented = (text: string, attacks: readonly Attack[]): string => {
  let wall = 0;
  return text
    .split('\n')
    .map((line) => {
      wall = Number(HEADING.exec(line)?.[1] ?? (line.startsWith('### ') ? 0 : wall));
      return wall > 0 && line.startsWith('Attacks: ') ? namesOf(attacks, wall) : line;
    })
    .join('\n');
};
