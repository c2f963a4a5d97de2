import { startEdrStandin, startIdpStandin } from './index.js';

/**
 * Both stand-ins in one process: `EDR_PORT`, `IDP_PORT` (0 or unset: any free one), `STANDIN_HOST` (default 127.0.0.1).
 * Prints `{"edr":{"vendor","url","secret"},"idp":{…}}` on one line when both answer; ends on SIGTERM, SIGINT, or with
 * its parent when `VIGIE_ENDS_WITH_PARENT` is set.
 */
const main = async (): Promise<void> => {
  const host = process.env.STANDIN_HOST ?? '127.0.0.1';
  const edr = await startEdrStandin({ port: port('EDR_PORT'), host });
  const idp = await startIdpStandin({ port: port('IDP_PORT'), host });
  process.stdout.write(
    `${JSON.stringify({ edr: { vendor: 'defender', url: edr.url, secret: edr.secret }, idp: { vendor: 'okta', url: idp.url, secret: idp.secret } })}\n`,
  );

  const stop = () => void Promise.all([edr.stop(), idp.stop()]).then(() => process.exit(0));
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
