import { Controller, Get, Headers, HttpException, Inject, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { schemaById } from '#libs/events';
import { readNodeId } from '../domain/node-id.js';
import { openGate } from '../reading/gate.js';
import type { GatewayPorts } from './ports.js';
import { reportPdfs } from '../views/reports.js';
import { errorBody, retryAfter, tooMany } from './errors.js';
import type { CallerVerifier } from './tokens.js';

export const PORTS = Symbol('ports');
export const VERIFY = Symbol('verify');

/** The little that is not GraphQL. */
@Controller()
export class PlainController {
  constructor(
    @Inject(PORTS) private readonly ports: GatewayPorts,
    @Inject(VERIFY) private readonly verify: CallerVerifier,
  ) {}

  @Get()
  about(): object {
    return {
      service: 'vigie gateway',
      analyst: '/analyst/graphql',
      customer: '/customer/graphql',
      schemas: '/schemas/ids/{id}',
      reports: '/reports/{id}.pdf',
    };
  }

  /** As Confluent's registry answers, for standard consumers. Schemas are no secret. */
  @Get('schemas/ids/:id')
  schema(@Param('id') id: string): object {
    const found = /^\d{1,10}$/.test(id) ? schemaById(Number(id)) : undefined;
    if (!found) throw new HttpException({ error_code: 40_403, message: `Schema ${id.slice(0, 20)} not found` }, 404);
    return { schemaType: 'AVRO', schema: found.schema };
  }

  @Get('reports/:id.pdf')
  async report(
    @Param('id') id: string,
    @Headers('authorization') authorization: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const caller = await this.verify(authorization);
    if (!caller) throw new HttpException(errorBody('UNAUTHENTICATED', 'a valid token is needed'), 401);
    const ref = readNodeId(id, 'Report');
    const waitMs = this.ports.quotas.request(caller, 0);
    if (waitMs > 0) {
      response.set('retry-after', retryAfter(waitMs));
      throw new HttpException(tooMany, 429);
    }
    const gate = openGate(this.ports.reads(caller), await this.ports.scopes(caller));
    const doc = ref && (await gate.read(reportPdfs, [ref.tenant]).get(ref.key));
    if (!ref || !doc) throw new HttpException(errorBody('NOT_FOUND', 'there is no such report for you'), 404);
    response.set({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="report-${ref.tenant}-${ref.key.replace(/[^A-Za-z0-9-]/g, '')}.pdf"`,
      'cache-control': 'private, no-store',
    });
    response.send(Buffer.from(doc.pdf, 'base64'));
  }
}
