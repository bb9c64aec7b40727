import { exec } from "node:child_process";
import express from "express";

const app = express();

app.get("/", (req, res) => {
  exec("show " + req.get("x-name")); // expect: SA602 HIGH
  exec("show " + app.get("name"));
  res.end();
});

app.listen(3000);
