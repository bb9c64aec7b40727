const LOUD = true;
let quiet = true;

export function hush(on: boolean) {
  quiet = on;
}

export function connect() {
  const token = process.env.LEDGER_TOKEN;
  if (LOUD) console.log("token", token); // expect: SA302
  if (!quiet) console.log("token", token); // expect: SA302
}
