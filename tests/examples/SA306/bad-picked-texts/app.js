// What an error's class picks for its text, and errors that are handed to the next handler.
const express = require("express");

class RefusedError extends Error {
  constructor(text, secret) {
    super(text);
    this.secret = secret;
  }
}

const app = express();

app.get("/one", (req, res, next) => {
  next(new RefusedError("refused", process.env.MAIL_PASSWORD));
});

app.get("/two", (req, res, next) => {
  next(new Error(`refused ${process.env.MAIL_PASSWORD}`)); // expect: SA306
});

app.get("/three", () => {
  throw new RefusedError(process.env.MAIL_PASSWORD, ""); // expect: SA306
});

app.listen(3000);
