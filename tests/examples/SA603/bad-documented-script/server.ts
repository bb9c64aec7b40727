import { serveStatic } from "@hono/node-server/serve-static";
import express from "express";
import extract from "extract-zip";
import { fdir } from "fdir";
import fs from "node:fs";
import XLSX from "xlsx";

const app = express();
const book = XLSX.utils.book_new();

app.get("/keep", async (req, res) => {
  XLSX.writeFile(book, req.query.a as string); // expect: SA603
  XLSX.writeFileXLSX(book, "/srv/out/book.xlsx");
  await extract("/srv/in.zip", { dir: req.query.b as string }); // expect: SA603
  fs.symlinkSync("/srv/a", req.query.c as string); // expect: SA603
  serveStatic({ root: req.query.d as string }); // expect: SA603
  res.json(await new fdir().withFullPaths().crawl(req.query.e as string).withPromise()); // expect: SA603
});

app.listen(3000);
