const LOUD = false;

export function connect() {
  const token = process.env.LEDGER_TOKEN;
  if (LOUD) console.log("token", token);
  if (!LOUD) return;
  console.log("token", token);
}
console.log("started");
