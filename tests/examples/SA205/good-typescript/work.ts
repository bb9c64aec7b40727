export async function look(): Promise<string> {
  return await (await fetch("https://api.example.test")).text();
}
