class Settings {
  constructor(private readonly env: NodeJS.ProcessEnv = process.env) {}
  get(name: string, fallback = ""): string {
    return this.env[name] ?? fallback;
  }
}

const settings = new Settings();
console.error("region", settings.get("REGION"));
console.error("key", settings.get("SHELF_API_KEY")); // expect: SA302 HIGH
