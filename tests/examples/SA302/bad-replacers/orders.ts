import express from "express";

const app = express();
const shown = (value: object) => JSON.stringify(value, (_key, inner) => (inner === null ? "none" : inner));
const maskEdges = (secret: string) => `***${secret}***`;

app.post("/orders", (req, res) => {
  const { id, password } = req.body;
  console.log(shown({ id, password })); // expect: SA302
  console.log(JSON.stringify({ id, password }, ["id", "password"])); // expect: SA302
  console.log(JSON.stringify({ id, password }, null, 2)); // expect: SA302
  console.log(JSON.stringify({ id, password }, (key, value) => (key === "token" ? undefined : value))); // expect: SA302
  console.log(maskEdges(password)); // expect: SA302
  res.end();
});
