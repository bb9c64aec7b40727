import express from "express";
import fs from "node:fs";
import path from "node:path";

function within(root: string, name: string): string | null {
  const full = path.resolve(root, name);
  return full.endsWith(".html") ? full : null;
}

const app = express();
app.get("/page", (req, res) => {
  const page = within("/srv/pages", String(req.query.name));
  if (!page) {
    res.sendStatus(404);
    return;
  }
  res.send(fs.readFileSync(page)); // expect: SA603 HIGH
});
app.listen(3000);
