import dns from "node:dns";
import https from "node:https";
import axios from "axios";
import express from "express";
import ipaddr from "ipaddr.js";
import { useAgent } from "request-filtering-agent";

const app = express();

function outside(host: string, options: any, done: any) {
  dns.lookup(host, options, (failed, address, family) => {
    if (failed) return done(failed);
    if (ipaddr.parse(String(address)).range() !== "unicast") return done(new Error("refused"));
    return done(null, address, family);
  });
}

const client = axios.create({ httpsAgent: new https.Agent({ lookup: outside }) });

app.get("/fetch", async (req, res) => {
  const answer = await client.get(String(req.query.address));
  return res.send(answer.data);
});

app.get("/other", async (req, res) => {
  const address = String(req.query.address);
  const answer = await axios.get(address, { httpAgent: useAgent(address), httpsAgent: useAgent(address) });
  return res.send(answer.data);
});

app.listen(8080);
