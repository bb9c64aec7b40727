export async function upstream(): Promise<string> {
  const response = await fetch("https://api.example.org/ping");
  if (response.status === 401) throw new Error("Authentication failed: invalid API token for the upstream");
  if (response.status === 429) throw new Error("Rate limit exceeded");
  return response.text();
}
