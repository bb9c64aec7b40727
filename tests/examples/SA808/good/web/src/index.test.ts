import { expect, test } from "vitest";

test("go", () => {
  expect(1).toBe(1);
});
