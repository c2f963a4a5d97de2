import { startStack } from '#stack';

/** Starts a stack over the folder in argv, says its processes on one line, and stays until it is killed. */
async function main(): Promise<void> {
  const stack = await startStack({ dir: process.argv[3], detached: process.argv[4] === 'detached' });
  process.stdout.write(`${JSON.stringify(stack.pids)}\n`);
  setInterval(() => undefined, 1_000);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
