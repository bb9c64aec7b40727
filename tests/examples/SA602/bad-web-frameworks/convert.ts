import { exec } from "node:child_process";
import middy from "@middy/core";
import Koa from "koa";
import Router from "@koa/router";
import { Server } from "socket.io";

export const handler = async (event) => {
  const body = JSON.parse(event.body);
  exec(`convert ${body.file}`); // expect: SA602
  exec(`convert ${event.queryStringParameters.file}`); // expect: SA602
};

export const wrapped = middy(async (event, context) => {
  exec(`convert ${event.pathParameters.file}`); // expect: SA602
});

const router = new Router();
router.get("/convert", async (ctx) => {
  exec(`convert ${ctx.query.file}`); // expect: SA602
});
new Koa().use(router.routes());

const io = new Server(3000);
io.on("connection", (socket) => {
  socket.on("convert", ({ file }, done) => {
    exec(`convert ${file}`, done); // expect: SA602
  });
  socket.on("disconnect", (reason) => {
    exec(`note ${reason}`);
  });
  exec(`greet ${socket.handshake.query.name}`); // expect: SA602
});
