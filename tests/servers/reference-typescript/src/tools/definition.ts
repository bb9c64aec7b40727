import { z } from 'zod';
import type { Instrumented } from '../security/index.js';

export interface ToolDefinition<Shape extends z.ZodRawShape = z.ZodRawShape> extends Instrumented<z.infer<z.ZodObject<Shape>>> {
  description: string;
  input: Shape;
}

/** Keeps the argument types of a definition in step with its schema. */
export const define = <Shape extends z.ZodRawShape>(tool: ToolDefinition<Shape>): ToolDefinition =>
  tool as unknown as ToolDefinition;
