import { SignJWT } from "jose";
import jsonwebtoken from "jsonwebtoken";

const key = process.env.SHELF_SIGNING_KEY;
const slip = jsonwebtoken.sign({ title: "shelf" }, key);
console.error("slip", slip); // expect: SA302
const card = await new SignJWT({ title: "shelf" }).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(key));
console.error("card", card); // expect: SA302
console.error("of", jsonwebtoken.verify(slip, key).title);
