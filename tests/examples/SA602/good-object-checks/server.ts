import { execSync } from "node:child_process";
import express from "express";

const app = express();

class Unit {
  constructor(readonly name: string) {}
  get there() {
    return /^[a-z]+$/.test(this.name);
  }
  known(): boolean {
    return ["ssh", "cron"].includes(this.name);
  }
}

app.get("/status", (req, res) => {
  const unit = new Unit(String(req.query.unit));
  if (!unit.there) return res.status(400).end();
  return res.send(execSync(`systemctl status ${unit.name}`));
});

app.get("/log", (req, res) => {
  const unit = new Unit(String(req.query.unit));
  if (!unit.known()) return res.status(400).end();
  return res.send(execSync(`journalctl -u ${unit.name}`));
});

app.get("/each", (req, res) => {
  const parts = String(req.query.parts).split("/");
  if (!parts.every((part) => /^[a-z0-9]+$/.test(part))) return res.status(400).end();
  return res.send(execSync(`ls /srv/${parts.join("/")}`));
});

app.listen(8080);
