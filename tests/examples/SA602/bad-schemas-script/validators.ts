import Ajv from "ajv";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { zValidator } from "@hono/zod-validator";
import Joi from "joi";
import * as v from "valibot";
import { z } from "zod";
import { execSync } from "node:child_process";

const fast = Fastify();
const properties = { tier: { type: "string", enum: ["free", "paid"] }, note: { type: "string" } };

fast.post("/tier", { schema: { body: { type: "object", properties } } }, async (request) => {
  execSync(`set-tier ${request.body.tier}`);
  execSync(`set-note ${request.body.note}`); // expect: SA602 HIGH
});

const hono = new Hono();

hono.get("/unit", zValidator("query", z.object({ unit: z.enum(["px", "em"]), free: z.string() })), (c) => {
  const { unit, free } = c.req.valid("query");
  execSync(`convert --unit ${unit}`);
  execSync(`convert --free ${free}`); // expect: SA602 HIGH
  return c.text("done");
});

const app = express();
const conforms = new Ajv().compile({ type: "object", properties });
const joined = Joi.object({ side: Joi.string().valid("left", "right"), text: Joi.string() });
const piped = v.object({ word: v.pipe(v.string(), v.regex(/^[a-z]+$/)), rest: v.pipe(v.string(), v.minLength(1)) });
const cloned = z.object({ repo: z.string().regex(/^[\w-]+\/[\w-]+$/), branch: z.string() });
const union = z.discriminatedUnion("op", [z.object({ op: z.literal("ls") }), z.object({ op: z.literal("cat"), file: z.string() })]);

app.post("/ajv", (req, res) => {
  if (!conforms(req.body)) return void res.sendStatus(400);
  execSync(`set-tier ${req.body.tier}`);
  execSync(`set-note ${req.body.note}`); // expect: SA602 HIGH
});

app.post("/joi", (req, res) => {
  const { error, value } = joined.validate(req.body);
  if (error) return void res.sendStatus(400);
  execSync(`turn ${value.side}`);
  execSync(`say ${value.text}`); // expect: SA602 HIGH
});

app.post("/valibot", (req, res) => {
  const checked = v.safeParse(piped, req.body);
  if (!checked.success) return void res.sendStatus(400);
  execSync(`define ${checked.output.word}`);
  execSync(`define ${checked.output.rest}`); // expect: SA602 HIGH
});

app.post("/zod", (req, res) => {
  const { repo, branch } = cloned.parse(req.body);
  execSync(`git clone https://example.com/${repo}`);
  execSync(`git checkout ${branch}`); // expect: SA602 HIGH
  const told = union.parse(req.body);
  execSync(`run ${told.op}`);
  if (told.op === "cat") execSync(`show ${told.file}`); // expect: SA602 HIGH
});
