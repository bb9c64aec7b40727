Object.keys(process.env)
  .sort()
  .forEach((name) => {
    console.log(name, process.env[name]); // expect: SA301
  });
Object.keys(process.env).forEach((name) => console.log(name));
["PORT", "HOST"].forEach((name) => console.log(name, process.env[name]));
console.log(process["env"]); // expect: SA301
