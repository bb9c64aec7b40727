import express from "express";
import Minio from "minio";
import needle from "needle";
import Wreck from "@hapi/wreck";
import { teenyRequest } from "teeny-request";

const app = express();

app.get("/ask", async (req, res) => {
  new Minio.Client({ endPoint: req.query.a as string, accessKey: "", secretKey: "" }); // expect: SA601
  teenyRequest({ uri: req.query.b as string, method: "GET" }, () => undefined); // expect: SA601
  needle.request("get", req.query.c as string, {}, () => undefined); // expect: SA601
  const answer = await Wreck.request("GET", req.query.d as string); // expect: SA601
  await Wreck.post(req.query.e as string, {}); // expect: SA601
  res.send(await Wreck.read(answer, {}));
});

app.listen(3000);
