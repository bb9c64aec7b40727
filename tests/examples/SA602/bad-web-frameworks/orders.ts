import { Body, Controller, Get, Headers, Param, Post, Query, Req } from "@nestjs/common";
import { MessageBody, SubscribeMessage, WebSocketGateway } from "@nestjs/websockets";
import { exec } from "node:child_process";
import type { Request } from "express";

@Controller("orders")
export class OrdersController {
  @Get(":id")
  show(@Param("id") id: string, @Query() query: { format: string }, @Headers("x-tool") tool: string) {
    exec(`show-order ${id}`); // expect: SA602
    exec(`show-order --as ${query.format}`); // expect: SA602
    exec(tool); // expect: SA602
  }

  @Post()
  create(@Body() order: { label: string }, @Body("printer") printer: string, @Req() request: Request) {
    exec(`print ${order.label}`); // expect: SA602
    exec(`print -P ${printer}`); // expect: SA602
    exec(`print ${request.query.copies}`); // expect: SA602
  }
}

@WebSocketGateway()
export class OrdersGateway {
  @SubscribeMessage("print")
  print(@MessageBody() message: { label: string }) {
    exec(`print ${message.label}`); // expect: SA602
  }
}
