import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { installationDir } from '../installation/chosen.js';
import { loadInstallation } from '../installation/saved-installation.js';
import { print, printJson, say, table } from '../terminal/print.js';
import { dropSecret, keptSecrets, putSecret, secretsFileOf } from '../installation/secrets.js';
import { fromCaller } from '../terminal/paths.js';
import { repeated } from '../terminal/flags.js';

const MOST_BYTES = 65_536;

interface NamedSecret {
  tenant: string;
  ref: string;
  file?: string;
}

/** The file named, else that of the installation of this machine. */
const fileOf = ({ file }: { file?: string }): string => {
  if (file) return fromCaller(file);
  if (!loadInstallation())
    throw new Refused(
      'nothing was brought up here: name the file that response, oncall or collection reads with --file',
      'NO_FILE',
    );
  return secretsFileOf(installationDir());
};

/** From standard input alone: what stands on a command line is seen by everybody on the machine. */
const secretFromInput = (): string => {
  if (process.stdin.isTTY) say('the secret, then Ctrl-D on a line of its own:');
  const text = readFileSync(0, 'utf8').replace(/\r?\n$/, '');
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw new Refused(`the secret has more than ${MOST_BYTES} bytes`, 'TOO_LARGE');
  return text;
};

const runAdd = ({ tenant, ref, origin: origins, ...flags }: NamedSecret & { origin: string[] }): void => {
  putSecret(fileOf(flags), { tenant, ref, origins, secret: secretFromInput() });
  print(
    `${ref} of ${tenant} ${origins.length > 0 ? `may be sent to ${origins.join(', ')}` : 'is kept, and sent nowhere'}`,
  );
};

const runList = ({ json, ...flags }: { file?: string; json: boolean }): void => {
  const kept = keptSecrets(fileOf(flags)).map(({ tenant, ref, origins }) => ({ tenant, ref, origins }));
  if (json) return printJson(kept);
  print(
    kept.length
      ? table(
          ['tenant', 'reference', 'may be sent to'],
          kept.map(({ tenant, ref, origins }) => [tenant, ref, origins.join(', ')]),
        )
      : 'there are no secrets',
  );
};

const runRemove = ({ tenant, ref, ...flags }: NamedSecret): void => {
  dropSecret(fileOf(flags), { tenant, ref });
  print(`${ref} of ${tenant} is kept no more`);
};

/** secret add | list | remove */
export const defineSecret = (secret: Command): void => {
  const named = (command: Command): Command =>
    command
      .requiredOption('--tenant <id>', 'whose it is')
      .requiredOption(
        '--ref <name>',
        'the secretRef of a connector or of what is pulled, the address of a contact by webhook, slack or teams, or hooks/<id>',
      )
      .option(
        '--file <json>',
        "the file that response, oncall or collection reads (SECRETS_FILE); default: this machine's installation",
      );
  named(
    secret
      .command('add')
      .description(
        'keep a secret, read from standard input, or put it in the place of the one of that name; no restart is needed',
      ),
  )
    .option(
      '--origin <url>',
      'where it may be sent: scheme, host and port; may be repeated; the key of hooks/<id> needs none',
      repeated,
      [],
    )
    .addHelpText(
      'after',
      '\nExample:\n  npm run --silent vigie -- secret add --tenant acme --ref okta --origin https://acme.okta.com < token.txt\nDefender\'s is JSON, {"clientId","clientSecret"}, and needs two origins: https://api.security.microsoft.com and https://login.microsoftonline.com.\nA webhook\'s is JSON, {"url","key"}; Slack\'s and Teams\' {"url"}.\nOf a webhook that comes in, at /v1/hooks/<tenant>/<id>: --ref hooks/<id> without an origin, and {"scheme":"github","source":"code","key"}.',
    )
    .action(runAdd);
  secret
    .command('list')
    .description('names, tenants and origins; never a value')
    .option('--file <json>', 'as for add')
    .option('--json', 'print as JSON', false)
    .action(runList);
  named(secret.command('remove').description('forget a secret')).action(runRemove);
};
