import { Body, CanActivate, Controller, ExecutionContext, Headers, Logger, Post } from "@nestjs/common";
import { cookies } from "next/headers";

export class Guard implements CanActivate {
  private readonly logger = new Logger(Guard.name);

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest();
    this.logger.warn(`refused ${request.headers.authorization}`); // expect: SA302
    this.logger.warn(`refused ${request.headers["user-agent"]}`);
    return false;
  }
}

@Controller("orders")
export class OrdersController {
  private readonly logger = new Logger(OrdersController.name);

  @Post()
  create(@Headers("authorization") sent: string, @Body("password") given: string, @Headers("x-shop") shop: string) {
    this.logger.log(`from ${sent}`); // expect: SA302
    this.logger.log(`with ${given}`); // expect: SA302
    this.logger.log(`of ${shop}`);
  }
}

export async function page() {
  const store = await cookies();
  console.log(store.get("visit")?.value); // expect: SA302
}
