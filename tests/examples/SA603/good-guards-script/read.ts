import fs from "node:fs";
import path from "node:path";
import express from "express";

const ROOT = "/srv/orders";
const app = express();

function inside(root: string, name: string) {
  const full = path.resolve(root, name);
  if (full !== root && !full.startsWith(root + path.sep)) throw new Error("outside");
  return full;
}

app.get("/read", (req, res) => {
  fs.readFileSync(inside(ROOT, req.query.name));
  const cut = path.normalize(req.query.other).replace(/^(\.\.(\/|\\|$))+/, "");
  fs.readFileSync(path.join(ROOT, cut));
  if (!/^[\w-]+\.(?:png|jpg)$/.test(req.query.image)) return res.status(400).end();
  fs.readFileSync(path.join(ROOT, req.query.image));
  res.end();
});
