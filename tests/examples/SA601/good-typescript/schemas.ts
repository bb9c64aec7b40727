import { z } from "zod";

export const period = z.enum(["daily", "weekly"]).describe("the period").default("daily");
