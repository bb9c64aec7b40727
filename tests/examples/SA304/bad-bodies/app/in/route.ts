export const POST = async (asked: Request) => {
  const given = await asked.json();
  console.error("given", given); // expect: SA304 MEDIUM
  return Response.json({});
};
