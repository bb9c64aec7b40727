const dbUrl = process.env.DATABASE_URL;
const redisUrl = process.env["REDIS_URL"];
const tokenUrl = process.env.TOKEN_URL;

console.log("connecting to", dbUrl); // expect: SA302
console.log(`cache at ${redisUrl}`); // expect: SA302
console.log("tokens from", tokenUrl);
