import ipaddr from "ipaddr.js";
import express from "express";

const app = express();

app.get("/a", async (req, res) => {
  const ip = ipaddr.parse(req.query.ip as string);
  if (ip.range() !== "unicast") return res.end();
  res.send(await (await fetch(`http://${ip.toString()}/`)).text());
});

app.listen(3000);
