import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  ServiceUnavailableException,
  Header,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { BaseConfig } from './config.js';
import type { Clock, ServiceDefinition } from './definition.js';
import { startRuntime } from './start-runtime.js';
import { openRuntime, type Runtime } from './runtime.js';

export const RUNTIME = Symbol('runtime');

/** Ties the runtime to Nest's life-cycle. */
@Injectable()
export class ServiceLife implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop: (() => Promise<void>) | undefined;
  started = false;

  constructor(@Inject(RUNTIME) readonly runtime: Runtime) {}

  async onApplicationBootstrap(): Promise<void> {
    this.stop = await startRuntime(this.runtime);
    this.started = true;
  }

  async onApplicationShutdown(): Promise<void> {
    this.started = false;
    await this.stop?.();
    this.stop = undefined;
  }
}

/** Probes and figures; carries nothing of tenants. */
@Controller()
export class HealthController {
  constructor(@Inject(ServiceLife) private readonly life: ServiceLife) {}

  @Get('health/live')
  live(): { status: string } {
    if (this.life.runtime.faults.first) throw new ServiceUnavailableException('a fault stopped the service');
    return { status: 'ok' };
  }

  @Get('health/ready')
  ready(): { status: string; loops: Record<string, unknown> } {
    const loops = Object.fromEntries(
      [...this.life.runtime.consumptions].map(([name, consumption]) => [name, consumption.health()]),
    );
    const ok = this.life.started && !this.life.runtime.faults.first && Object.values(loops).every((loop) => loop.ok);
    if (!ok) throw new ServiceUnavailableException({ status: 'not ready', loops });
    return { status: 'ok', loops };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4')
  async metrics(): Promise<string> {
    const {
      store,
      metrics: { parked },
    } = this.life.runtime;
    parked.reset();
    for (const { kind } of await store.parked().catch(() => [])) parked.inc({ kind });
    for (const [loop, consumption] of this.life.runtime.consumptions)
      this.life.runtime.metrics.lag.set({ loop }, consumption.health().lag ?? 0);
    return this.life.runtime.metrics.registry.metrics();
  }
}

/** The Nest module of a service: `ServiceModule.of(definition, config)`. */
@Module({})
export class ServiceModule {
  static of(
    definition: ServiceDefinition,
    config: BaseConfig,
    options: { clock?: Clock; onFault: (error: Error) => void },
  ): DynamicModule {
    return {
      module: ServiceModule,
      controllers: [HealthController],
      providers: [
        { provide: RUNTIME, useFactory: () => openRuntime(definition, config, options.onFault, options.clock) },
        ServiceLife,
      ],
      exports: [RUNTIME, ServiceLife],
    };
  }
}
