import { portVariable, standins } from './index.js';

/**
 * Every stand-in in one process: `DEFENDER_PORT`, `OKTA_PORT` and so on (0 or unset: any free one), `STANDIN_HOST`
 * (default 127.0.0.1). Prints `{"defender":{"url","secret"},"okta":{…}}` on one line when all answer; ends on SIGTERM,
 * SIGINT, or with its parent when `VIGIE_ENDS_WITH_PARENT` is set.
 */
const main = async (): Promise<void> => {
  const host = process.env.STANDIN_HOST ?? '127.0.0.1';
  const started = await Promise.all(
    standins.map(
      async ({ vendor, start }) => [vendor, await start({ port: port(portVariable(vendor)), host })] as const,
    ),
  );
  const told = started.map(([vendor, { url, secret }]) => [vendor, { url, secret }] as const);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(told))}\n`);

  const stop = () => void Promise.all(started.map(([, one]) => one.stop())).then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
  const parent = process.ppid;
  if (process.env.VIGIE_ENDS_WITH_PARENT)
    setInterval(() => {
      if (process.ppid !== parent) stop();
    }, 1_000).unref();
};

const port = (name: string): number => {
  const value = Number(process.env[name] ?? 0);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`${name} is not a port`);
  return value;
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
