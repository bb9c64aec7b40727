Object.keys(process.env)
  .sort()
  .forEach((name) => {
    console.log(name, process.env[name]); // expect: SA301
  });
Object.keys(process.env).forEach((name) => console.log(name));
["PORT", "HOST"].forEach((name) => console.log(name, process.env[name]));
console.log(process["env"]); // expect: SA301
Object.entries(process.env).forEach(console.log); // expect: SA301
["PORT", "HOST"].forEach(console.log);
