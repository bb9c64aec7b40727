import express from "express";

const SENSITIVE = new Set(["password", "token"]);
const app = express();
const shown = (value: object) =>
  JSON.stringify(value, (key, inner) => (/pass|token|secret/i.test(key) ? undefined : inner));
const starred = (secret: string) => "*".repeat(secret.length);

function listed(value: object) {
  return JSON.stringify(value, (key, inner) => (SENSITIVE.has(key) ? "[hidden]" : inner));
}

app.post("/orders", (req, res) => {
  const { id, password } = req.body;
  console.log(shown({ id, password }));
  console.log(listed({ id, password }));
  console.log(JSON.stringify({ id, password }, ["id"]));
  console.log(JSON.stringify({ id, password }, (key, value) => (key === "password" ? undefined : value)));
  console.log(starred(password));
  const masked = "*".repeat(password.length);
  console.log({ password: masked });
  res.end();
});
