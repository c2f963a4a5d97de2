import { partsOf } from '#libs/files';
import { Refused } from '#libs/model';

/**
 * Events of a file or folder, each on a line, as `partsOf` reads them.
 * @throws Refused when it cannot be read, or some of it is no event.
 */
export async function* linesOf(path: string): AsyncGenerator<string> {
  for await (const part of partsOf(path)) {
    if ('lost' in part) throw new Refused(`${part.file}: ${part.lost.sentence}`, part.lost.code);
    yield part.event.toString('utf8');
  }
}
