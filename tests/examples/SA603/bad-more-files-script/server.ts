import fs from "node:fs";
import path from "node:path";
import AdmZip from "adm-zip";
import archiver from "archiver";
import express from "express";
import fse from "fs-extra";
import sharp from "sharp";
import * as tar from "tar";

const app = express();

app.get("/packed", async (req, res) => {
  const name = req.query.name as string;
  new AdmZip("/srv/up.zip").extractAllTo("/srv/" + name, true); // expect: SA603 HIGH
  archiver("zip").append(name, { name: "note.txt" });
  archiver("zip").directory("/srv/" + name, false); // expect: SA603 HIGH
  await tar.t({ file: "/srv/" + name }); // expect: SA603 HIGH
  await sharp("/srv/a.png").toFile("/srv/" + name); // expect: SA603 HIGH
  await fse.createFile("/srv/" + name); // expect: SA603 HIGH
  fs.watchFile("/srv/" + name, () => undefined); // expect: SA603 HIGH
  res.end();
});

app.get("/shown", (req, res) => {
  const name = req.query.name as string;
  fs.readFileSync(path.join("/srv", path.normalize("/" + name)));
  res.render(name); // expect: SA603 HIGH
});

app.listen(3000);
