// Variables that are picked by the beginning of their names, and names alone, are not the environment.
const { env } = process;

const shown = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("APP_PUBLIC_")));
console.log(shown);
const most = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== "HOME"));
console.log(most); // expect: SA301
for (const name in env) {
  console.log(name);
}
for (const name in env) {
  console.log(name, env[name]); // expect: SA301
}
