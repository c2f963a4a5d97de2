/** A running collection with a real broker, and the roads of partners' clients to it, which can be cut. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TelemetryNormalized } from '#contracts';
import { ensureTopics, ingestTopicSpec } from '#libs/events';
import { startWorld, type World } from '#libs/testing';
import { freePorts } from '#stack';
import { collection } from '../src/collection.module.js';
import { relayTo, type ClientRelay } from './relay.js';
import { tenantState } from './tenant-state.js';

export interface ClientsGround<Name extends string> {
  world: World;
  relays: { http: ClientRelay; grpc: ClientRelay };
  /** A bearer token for each source of acme's. */
  tokens: Record<Name, string>;
  /** What a pattern finds in the events of a source. */
  arrived(source: Name, mark: RegExp): Set<string>;
  stop(): Promise<void>;
}

/** @param sources of acme, all of Linux. */
export const clientsGround = async <Name extends string>(sources: readonly Name[]): Promise<ClientsGround<Name>> => {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k' }] };
  const tokenFor = async (source: Name): Promise<[Name, string]> => [
    source,
    await new SignJWT({ sources: [source] })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k' })
      .setIssuer('urn:partner:acme')
      .setSubject('client@acme')
      .setAudience('vigie')
      .setExpirationTime('30m')
      .sign(pair.privateKey),
  ];
  const tokens = Object.fromEntries(await Promise.all(sources.map(tokenFor))) as Record<Name, string>;
  const [http = 0, grpc = 0] = await freePorts(2);
  const environment = {
    collection: {
      HTTP_PORT: String(http),
      OTLP_GRPC_PORT: String(grpc),
      LISTEN_HOST: '127.0.0.1',
      TOKEN_ISSUERS: JSON.stringify([{ issuer: 'urn:partner:*', side: 'PARTNER', jwks }]),
    },
  };
  const world = await startWorld([collection], { clock: 'real', environment });
  await ensureTopics(
    world.broker,
    sources.map((source) => ingestTopicSpec('acme', source)),
  );
  await world.say('acme', tenantState('acme', ...sources.map((one): [string, 'LINUX'] => [one, 'LINUX'])));
  const relays = { http: await relayTo(http), grpc: await relayTo(grpc) };
  return {
    world,
    relays,
    tokens,
    arrived: (source, mark) =>
      new Set(
        world
          .heard<TelemetryNormalized>('telemetry.normalized', 'acme')
          .filter(({ message }) => message.source === source)
          .flatMap(({ message }) => message.events)
          .flatMap(({ native }) => String(native).match(mark) ?? []),
      ),
    stop: async () => {
      await Promise.all([relays.http.close(), relays.grpc.close()]);
      await world.stop();
    },
  };
};
