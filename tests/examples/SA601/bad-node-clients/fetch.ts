import axios from "axios";
import express from "express";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import needle from "needle";

const app = express();

app.get("/proxy", async (req, res) => {
  const { url, host } = req.query;
  https.request({ hostname: host, path: "/" }); // expect: SA601
  http.get({ host, port: 80 }); // expect: SA601
  http.get({ host: "api.example.com", headers: { "x-for": host } });
  net.connect(80, host); // expect: SA601
  await needle("get", url); // expect: SA601
  await axios.create({ baseURL: `https://${host}` }).get("/"); // expect: SA601
  res.end();
});
