import { test } from "node:test";
import "../packages/server/src/index.js";

test("go", () => {});
