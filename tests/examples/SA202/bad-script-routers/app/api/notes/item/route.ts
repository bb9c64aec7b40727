import { NextRequest, NextResponse } from "next/server";

export async function GET(request: NextRequest, { params }: { params: { id: string } }) {
  console.error(`who ${request.nextUrl.searchParams.get("who")}`); // expect: SA202
  console.error(`id ${params.id}`); // expect: SA202
  const { searchParams } = new URL(request.url);
  console.error(`who ${searchParams.get("who")}`); // expect: SA202
  return NextResponse.json({});
}
export async function PUT(req: Request, context: { params: Promise<{ id: string }> }) {
  const { id } = await context.params;
  console.error(`id ${id}`); // expect: SA202
  const form = await req.formData();
  console.error(`form ${form.get("title")}`); // expect: SA202
  return Response.json({});
}
export const POST = async (req: Request) => {
  const body = await req.json();
  console.error(`title ${body.title}`); // expect: SA202
  const { text } = body;
  console.error("text " + text); // expect: SA202
  return Response.json({});
};
