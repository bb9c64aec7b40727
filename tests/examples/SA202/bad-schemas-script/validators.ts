import Ajv from "ajv";
import express from "express";
import Fastify from "fastify";
import { initTRPC } from "@trpc/server";
import Joi from "joi";
import * as v from "valibot";
import { z } from "zod";

const fast = Fastify();
const properties = { tier: { type: "string", enum: ["free", "paid"] }, size: { type: "integer" }, note: { type: "string" } };

fast.post("/tier", { schema: { body: { type: "object", properties } } }, async (request) => {
  console.log(`tier ${request.body.tier} of ${request.body.size}`);
  console.log(`note ${request.body.note}`); // expect: SA202
});

const t = initTRPC.create();

export const router = t.router({
  paint: t.procedure.input(z.enum(["red", "blue"])).mutation(({ input }) => console.log(`paint ${input}`)),
  spray: t.procedure.input(z.string()).mutation(({ input }) => console.log(`paint ${input}`)), // expect: SA202
});

const app = express();
const conforms = new Ajv().compile({ type: "object", properties });
const joined = Joi.object({ side: Joi.string().valid("left", "right"), text: Joi.string() });
const piped = v.object({ word: v.picklist(["a", "b"]), rest: v.pipe(v.string(), v.minLength(1)) });
const either = z.object({ kind: z.union([z.literal("x"), z.number()]), open: z.union([z.literal("x"), z.string()]) });

app.post("/ajv", (req, res) => {
  if (!conforms(req.body)) return void res.sendStatus(400);
  console.log(`tier ${req.body.tier}`);
  console.log(`note ${req.body.note}`); // expect: SA202
});

app.post("/joi", (req, res) => {
  const { error } = joined.validate(req.body);
  if (error) return void res.sendStatus(400);
  console.log(`turn ${req.body.side}`);
  console.log(`say ${req.body.text}`); // expect: SA202
});

app.post("/others", (req, res) => {
  const checked = v.parse(piped, req.body);
  console.log(`define ${checked.word}`);
  console.log(`define ${checked.rest}`); // expect: SA202
  const { kind, open } = either.parse(req.body);
  console.log(`kind ${kind}`);
  console.log(`open ${open}`); // expect: SA202
});

const formats = z.object({ token: z.jwt(), host: z.ipv6(), mail: z.email(), number: z.e164() });

app.post("/formats", (req, res) => {
  const checked = formats.parse(req.body);
  console.log(`token ${checked.token}`); // expect: SA202 SA302
  console.log(`host ${checked.host}`); // expect: SA202
  console.log(`mail ${checked.mail.length} number ${checked.number.length}`);
  console.log(`call ${checked.number}`);
});
