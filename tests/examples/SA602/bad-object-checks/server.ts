import { execSync } from "node:child_process";
import express from "express";

const app = express();

class Unit {
  constructor(readonly name: string) {}
  get there() {
    return this.name.length > 0;
  }
}

app.get("/status", (req, res) => {
  const unit = new Unit(String(req.query.unit));
  if (!unit.there) return res.status(400).end();
  return res.send(execSync(`systemctl status ${unit.name}`)); // expect: SA602
});

app.listen(8080);
