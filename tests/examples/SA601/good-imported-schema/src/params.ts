import { z } from "zod";

export const ScanId = z.string().uuid().describe("The id of a scan");
