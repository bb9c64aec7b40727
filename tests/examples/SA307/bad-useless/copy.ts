function redactAll(fields: Record<string, any>) { // expect: SA307
  const copy = { ...fields };
  copy.token = "***";
  return fields;
}

function maskTokens(text: string) { // expect: SA307
  return text.replace(/ghp_\w+/g, "***");
}

export function note(fields: Record<string, any>, text: string) {
  console.error("call", redactAll(fields));
  maskTokens(text);
  console.error("call", text);
}
