function redactAll(fields: Record<string, any>) {
  const copy = { ...fields };
  copy.token = "***";
  return copy;
}

function maskTokens(fields: Record<string, any>) {
  fields.token = "***";
}

function maskPixels(pixels: number[]) {
  return pixels;
}

export function note(fields: Record<string, any>, pixels: number[]) {
  console.error("call", redactAll(fields));
  maskTokens(fields);
  console.error("call", fields, maskPixels(pixels).length);
}
