import express from "express";

const AsyncFunction = (async () => {}).constructor;
const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor;
const app = express();

app.post("/made", (req, res) => {
  new AsyncFunction(req.body.code)(); // expect: SA606 HIGH
  GeneratorFunction(req.body.code)(); // expect: SA606 HIGH
  ({}).constructor.constructor(req.body.code)(); // expect: SA606 HIGH
  res.json(req.body.list.constructor.name);
});

app.listen(3001);
