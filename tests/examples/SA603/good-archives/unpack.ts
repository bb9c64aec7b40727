import AdmZip from "adm-zip";
import express from "express";
import fs from "node:fs";
import path from "node:path";

const ROOT = path.resolve("/srv", "in");
const app = express();

export function unpack(file: string) {
  for (const entry of new AdmZip(file).getEntries()) {
    const target = path.join(ROOT, entry.entryName);
    if (!target.startsWith(ROOT + path.sep)) throw new Error("outside");
    fs.writeFileSync(target, entry.getData());
  }
}

app.post("/upload", (req, res) => {
  fs.renameSync(req.file.path, path.join(ROOT, path.basename(req.file.originalname)));
  res.end();
});
