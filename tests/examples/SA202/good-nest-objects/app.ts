import { Injectable, Logger, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Tool } from '@rekog/mcp-nest';
import { z } from 'zod';
@Injectable()
export class TicketTools {
  private readonly logger = new Logger(TicketTools.name);
  @Tool({ name: 'search', description: 'S', parameters: z.object({ query: z.string(), page: z.number() }) })
  async search(args: { query: string; page: number }, context: unknown, request: any) {
    this.logger.log({ event: 'tool.start', tool: 'search', sub: request.user?.sub, page: args.page, q: args.query });
    this.logger.warn({ q: args.query }, 'text');
    return 'x';
  }
}
@Module({ imports: [LoggerModule.forRoot({ pinoHttp: { level: 'info' } })], providers: [TicketTools] })
export class AppModule {}
