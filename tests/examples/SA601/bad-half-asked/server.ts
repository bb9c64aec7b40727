import ipaddr from "ipaddr.js";
import express from "express";

const app = express();

app.get("/a", async (req, res) => {
  const ip = ipaddr.parse(req.query.ip as string);
  if (ip.range() === "private") return res.end();
  res.send(await (await fetch(`http://${ip.toString()}/`)).text()); // expect: SA601
});

app.listen(3000);
