import express from "express";
import winston from "winston";

const log = winston.createLogger({ format: winston.format.json() });

class Journal {
  private write(level: string, text: string, fields: object = {}) {
    log.log({ level, message: text, ...fields });
  }

  note = (text: string, fields?: object) => this.write("info", text, fields);
}

const journal = new Journal();
const app = express();

app.post("/mcp", (req, res) => {
  journal.note("asked", { path: req.path });
  journal.note("asked", { headers: req.headers }); // expect: SA304
  log.log({ level: "info", message: "asked", body: req.body }); // expect: SA304
  res.sendStatus(204);
});

app.listen(8080);
