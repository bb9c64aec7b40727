#!/usr/bin/env node
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import { convertLength, convertTemperature, daysBetween, isoWeek, LENGTH_UNITS } from './convert.js';

const server = new McpServer({ name: 'units', version: '1.0.2' });
const text = (value: number | string) => ({ content: [{ type: 'text' as const, text: String(value) }] });
const day = z.iso.date();

server.registerTool(
  'convert_length',
  {
    description: 'Convert a length from one unit to another',
    inputSchema: { value: z.number(), from: z.enum(LENGTH_UNITS), to: z.enum(LENGTH_UNITS) },
  },
  async ({ value, from, to }) => text(convertLength(value, from, to)),
);

server.registerTool(
  'convert_temperature',
  {
    description: 'Convert a temperature between Celsius, Fahrenheit and Kelvin',
    inputSchema: { value: z.number(), from: z.enum(['C', 'F', 'K']), to: z.enum(['C', 'F', 'K']) },
  },
  async ({ value, from, to }) => text(convertTemperature(value, from, to)),
);

server.registerTool(
  'days_between',
  { description: 'Count the days between two dates', inputSchema: { start: day, end: day } },
  async ({ start, end }) => text(daysBetween(new Date(start), new Date(end))),
);

server.registerTool(
  'iso_week',
  { description: 'The ISO week of a date', inputSchema: { date: day } },
  async ({ date }) => text(isoWeek(new Date(date))),
);

await server.connect(new StdioServerTransport());
