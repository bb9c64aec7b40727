import express from "express";

const app = express();

app.post("/orders", (req, res) => {
  const { password } = req.body;
  console["log"](password); // expect: SA302
  console.group(password); // expect: SA302
  console.assert(password.length > 8, password); // expect: SA302
  console.log("%s of %d", password, 3); // expect: SA302
  console.log("%o", { password }); // expect: SA302
  console.log("%d", password);
  res.end();
});
