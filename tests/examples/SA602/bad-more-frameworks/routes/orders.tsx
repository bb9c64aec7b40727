import { exec } from "node:child_process";

export async function loader({ params }) {
  exec(`show ${params.id}`); // expect: SA602
}
