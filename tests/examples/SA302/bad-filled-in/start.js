const token = process.env.SHELF_API_TOKEN;

function fill(match, name) {
  return name === "db" ? process.env.SHELF_DB_PASSWORD : "";
}

console.error("command", "curl ${token}".replace(/\$\{\w+\}/g, () => token)); // expect: SA302
console.error("connects to", "db://shelf:${db}@host".replace(/\$\{(\w+)\}/g, fill)); // expect: SA302
console.error("command", "curl ${TOKEN}".replace(/\$\{\w+\}/g, (place) => place.toLowerCase()));
console.error("token", token.replace(/./g, () => "*"));
