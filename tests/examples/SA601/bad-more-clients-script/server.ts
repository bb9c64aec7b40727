import net from "node:net";
import axios from "axios";
import { MongoClient } from "mongodb";
import { EventSource } from "eventsource";
import express from "express";
import httpProxy from "http-proxy";
import puppeteer from "puppeteer";
import request from "request";
import superagent from "superagent";

const app = express();

app.get("/web", async (req, res) => {
  const sent = await axios.postForm(req.query.a as string, { on: 1 }); // expect: SA601 HIGH
  const feed = new EventSource(req.query.b as string); // expect: SA601 HIGH
  const text = await superagent("GET", req.query.c as string); // expect: SA601 HIGH
  request({ uri: req.query.d as string }, () => undefined); // expect: SA601 HIGH
  const browser = await puppeteer.connect({ browserWSEndpoint: req.query.e as string }); // expect: SA601 HIGH
  res.json({ sent: sent.status, feed: feed.readyState, text: text.status, browser: browser.connected });
});

app.get("/others", async (req, res) => {
  const socket = new net.Socket();
  socket.connect(22, req.query.a as string); // expect: SA601 HIGH
  const proxy = httpProxy.createProxyServer({ target: req.query.b as string }); // expect: SA601 HIGH
  const held = new MongoClient(req.query.c as string); // expect: SA601 HIGH
  const known = new MongoClient("mongodb://db.example.com");
  res.json(await known.db("app").collection("users").findOne({ name: String(req.query.name) }));
  proxy.close();
  await held.close();
});

app.get("/begins", async (req, res) => {
  const address = req.query.a as string;
  if (!/^https:\/\/api\.example\.com/.test(address)) throw new Error("host");
  await fetch(address); // expect: SA601 HIGH
  res.end();
});

app.get("/whole", async (req, res) => {
  const address = req.query.a as string;
  if (!/^https:\/\/api\.example\.com\//.test(address)) throw new Error("host");
  await fetch(address, { redirect: "error" });
  res.end();
});

app.listen(3000);
