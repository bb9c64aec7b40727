import express from "express";

const PLUGINS = { csv: "./csv.js", pdf: "./pdf.js" };
const app = express();

app.post("/plugins", async (req, res) => {
  const loaded = await import(req.body.plugin); // expect: SA606 HIGH
  const known = await import(PLUGINS[req.body.kind] ?? PLUGINS.csv);
  res.json([loaded.name, known.name]);
});

app.listen(3000);
