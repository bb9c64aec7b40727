import { Controller, Get, Param, ParseIntPipe, Query } from "@nestjs/common";
import { exec } from "node:child_process";

@Controller("orders")
export class OrdersController {
  @Get(":id")
  show(@Param("id", ParseIntPipe) id: number, @Param("line", new ParseIntPipe()) line, @Query("page") page: number) {
    exec(`show-order ${id} ${line} ${page}`);
  }

  @Get(":id/:format")
  export(@Param("format") format: string) {
    if (!["pdf", "csv"].includes(format)) throw new Error("unknown format");
    exec(`export-order --as ${format}`);
  }
}

export const handler = async (event) => {
  exec(`note ${event.requestContext.requestId}`);
};
