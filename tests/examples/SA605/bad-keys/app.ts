import { createHmac } from "node:crypto";
import cookieParser from "cookie-parser";
import express from "express";
import session from "express-session";
import jwt from "jsonwebtoken";
import { Strategy } from "passport-jwt";

const SIGNING = "orchard-north";
const app = express();

app.use(session({ secret: "orchard gate", resave: false })); // expect: SA605
app.use(session({ secret: ["orchard gate", "orchard wall"] })); // expect: SA605
app.use(cookieParser("orchard")); // expect: SA605
export const token = jwt.sign({ id: 1 }, SIGNING); // expect: SA605
export const claims = jwt.verify(token, "orchard-south"); // expect: SA605
export const mac = createHmac("sha256", "orchard").update("x"); // expect: SA605
export const strategy = new Strategy({ secretOrKey: "orchard" }, () => {}); // expect: SA605
export const store = "mongodb://orders:kX9v2LqPz7@mongo.internal:27017/orders"; // expect: SA605
