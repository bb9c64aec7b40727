// What is set again before it is written, or what a promise's callback made of it.
const load = async () => process.env.MAIL_PASSWORD;
const fields = { user: "app", phrase: process.env.MAIL_PASSWORD };

async function run() {
  console.log(Object.assign({}, fields, { phrase: "-" }));
  console.log(Object.assign({ phrase: "-" }, fields)); // expect: SA302
  console.log(await load().then((phrase) => phrase.length));
  console.log(await load().then((phrase) => `<${phrase}>`)); // expect: SA302
  console.log(await load().then((phrase) => ({ phrase, size: phrase.length })).then((one) => one.size));
}

run();
