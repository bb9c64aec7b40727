import { Controller, Get, Headers, Logger, Param, ParseIntPipe } from "@nestjs/common";

@Controller("orders")
export class OrdersController {
  private readonly logger = new Logger(OrdersController.name);

  @Get(":id")
  show(@Param("id", ParseIntPipe) id: number, @Param("line", ParseIntPipe) line, @Headers("x-shop") shop: string) {
    this.logger.log(`order ${id}, line ${line} for ${shop}`);
  }
}
