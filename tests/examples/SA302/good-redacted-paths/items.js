const { Logger } = require("tslog");
const express = require("express");

const log = new Logger({ maskValuesOfKeys: ["token"] });
const app = express();

app.post("/items", (req, res) => {
  log.info("added", { token: req.body.token });
  log.info("added", { user: { token: req.body.token } });
  res.end();
});
