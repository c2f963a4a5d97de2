/**
 * Whether a text is an absolute URL. Not URL.canParse: in Node 20, once it is compiled, it takes the characters of
 * Latin-1 for UTF-8 and says no to https://bücher.example.
 */
export const isUrl = (text: string): boolean => {
  try {
    return new URL(text).href !== '';
  } catch {
    return false;
  }
};
