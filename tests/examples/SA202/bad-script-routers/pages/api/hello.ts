import type { NextApiRequest, NextApiResponse } from "next";
export default function handler(req: NextApiRequest, res: NextApiResponse) {
  console.error(`who ${req.query.who}`); // expect: SA202
  const { title } = req.body;
  console.error(`title ${title}`); // expect: SA202
  res.status(200).json({});
}
