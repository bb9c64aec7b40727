import { z } from "zod";

const Base = z.object({ apiKey: z.string().optional(), region: z.string() });
export const ConfigSchema = z.object({ ...Base.shape, port: z.number() }).extend({ tokenBudget: z.number() });
export type Config = z.infer<typeof ConfigSchema>;

const PlainSchema = z.object({ region: z.string(), maxTokens: z.number() });
export type Plain = z.infer<typeof PlainSchema>;
const ChosenSchema = ConfigSchema.pick({ region: true });
export type Chosen = z.infer<typeof ChosenSchema>;
