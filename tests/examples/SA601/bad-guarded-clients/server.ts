import dns from "node:dns";
import https from "node:https";
import axios from "axios";
import express from "express";
import ipaddr from "ipaddr.js";
import { RequestFilteringHttpsAgent } from "request-filtering-agent";

const app = express();

function outside(host: string, options: any, done: any) {
  dns.lookup(host, options, (failed, address, family) => {
    if (ipaddr.parse(String(address)).range() !== "unicast") console.error("inside", host);
    return done(failed, address, family);
  });
}

class Checker {
  private client = axios.create({ httpsAgent: new https.Agent({ lookup: outside }) });
  private open = axios.create({ httpsAgent: new RequestFilteringHttpsAgent({ allowPrivateIPAddress: true }) });

  refuses(address: string) {
    if (ipaddr.parse(address).range() !== "unicast") throw new Error("refused");
  }
  async first(address: string) {
    return this.client.get(address); // expect: SA601
  }
  async second(address: string) {
    return this.open.get(address); // expect: SA601
  }
  async third(address: string) {
    return fetch(address, { agent: new RequestFilteringHttpsAgent() } as any); // expect: SA601
  }
}

const checker = new Checker();

app.get("/fetch", async (req, res) => {
  const address = String(req.query.address);
  await checker.first(address);
  await checker.second(address);
  await checker.third(address);
  return res.end();
});

app.listen(8080);
