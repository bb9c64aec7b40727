module.exports = async function (context, req) {
  context.log(`from ${req.headers.authorization}`); // expect: SA302
  context.log(`from ${req.headers["user-agent"]}`);
  await Promise.resolve(process.env.API_TOKEN).then(console.log); // expect: SA302
};
