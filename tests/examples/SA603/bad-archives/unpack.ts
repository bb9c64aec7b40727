import AdmZip from "adm-zip";
import express from "express";
import fs from "node:fs";
import path from "node:path";
import unzipper from "unzipper";

const app = express();

export function unpack(file: string) {
  for (const entry of new AdmZip(file).getEntries()) {
    fs.writeFileSync(path.join("/srv/in", entry.entryName), entry.getData()); // expect: SA603
  }
  fs.createReadStream(file)
    .pipe(unzipper.Parse())
    .on("entry", (entry) => {
      entry.pipe(fs.createWriteStream(path.join("/srv/in", entry.path))); // expect: SA603
    });
}

app.post("/upload", (req, res) => {
  fs.renameSync(req.file.path, path.join("/srv/in", req.file.originalname)); // expect: SA603
  res.end();
});
