import { createHash, createHmac } from "node:crypto";
import express from "express";
import session from "express-session";
import jwt from "jsonwebtoken";

const app = express();

app.use(session({ secret: process.env.SESSION_SECRET, name: "orchard" }));
app.use(session({ secret: "your-secret-here" }));
export const token = jwt.sign({ id: 1 }, process.env.SIGNING_KEY, { algorithm: "HS256", issuer: "orchard" });
export const mac = createHmac("sha256", process.env.SIGNING_KEY).update("orchard");
export const sum = createHash("sha256").update("orchard");
export const store = "mongodb://orders:kX9v2LqPz7@mongo:27017/orders";
