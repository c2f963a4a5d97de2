import { compile } from '../compile.js';

it("reading a stranger's text prints nothing of it: what is odd is a failure, not a warning of the process", () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const set = compile([{ path: 'a.yml', text: '? { secret-of-somebody: x }\n: y\n? [z]\n: 1\n' }]);
  expect(set.failures).toHaveLength(1);
  expect(warned.mock.calls).toEqual([]);
  warned.mockRestore();
});
