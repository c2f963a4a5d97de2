import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StackPorts } from './state.js';

export interface BrokerConfig {
  dataDir: string;
  ports: StackPorts;
  brokerPassword: string;
}

/** The broker's configuration on loopback: kafka/server.properties with its names filled in. */
export function serverProperties({ dataDir, ports, brokerPassword }: BrokerConfig): string {
  const host = '127.0.0.1';
  return fill(readFileSync(join('tools', 'stack', 'kafka', 'server.properties'), 'utf8'), {
    LISTEN_HOST: host,
    INTERNAL_HOST: host,
    PARTNER_HOST: host,
    INTERNAL_PORT: String(ports.internal),
    PARTNER_PORT: String(ports.partner),
    CONTROLLER_PORT: String(ports.controller),
    DATA_DIR: dataDir,
    BROKER_PASSWORD: brokerPassword,
  });
}

/** Fills in `${NAME}`s; a backslash (a Windows path) is an escape in a properties file. Throws for a name not given. */
export const fill = (template: string, values: Record<string, string>): string =>
  template.replace(/^[^#\n].*$/gm, (line) =>
    line.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`server.properties names ${name}, which nobody gives`);
      return value.replaceAll('\\', '\\\\');
    }),
  );

/** An argument file for `java @file`: what stands there is not seen in the list of processes. */
export const argumentFile = (args: string[]): string =>
  args.map((arg) => `"${arg.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"\n`).join('');
