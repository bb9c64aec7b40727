import fs from "node:fs/promises";
import path from "node:path";

const roots = (process.env.ROOTS ?? "/srv/data").split(":").map((root) => path.normalize(root));

function within(target: string): boolean {
  return roots.some((root) => target === root || target.startsWith(root + path.sep));
}

/** The real path of what was asked for, if it lies inside one of the roots. */
export async function validatePath(requested: string): Promise<string> {
  const absolute = path.isAbsolute(requested) ? path.resolve(requested) : path.resolve(process.cwd(), requested);
  if (!within(path.normalize(absolute))) {
    throw new Error("outside");
  }
  try {
    const real = await fs.realpath(absolute);
    if (!within(real)) throw new Error("outside");
    return real;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      const parent = await fs.realpath(path.dirname(absolute));
      if (!within(parent)) throw new Error("outside");
      return absolute;
    }
    throw error;
  }
}
