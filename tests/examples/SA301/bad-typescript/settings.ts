import pino from "pino";

const base = pino();

export const settings = { all: process.env, port: Number(process.env.PORT) };

export class Keeper {
  constructor(private sink = base) {}
  keep = (title: string, value: unknown) => {
    this.sink.info({ value }, title);
  };
}

export const keep = (title: string, value: unknown) => {
  new Keeper().keep(title, value);
};
