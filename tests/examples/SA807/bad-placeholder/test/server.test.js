import test from "node:test";

test("forecast", () => {});
