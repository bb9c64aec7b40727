interface Settings {
  name: string;
  apiKey: string;
}

export function announce(settings: Settings | undefined, verbose: boolean): void {
  console.log("calling as " + settings!.name);
  console.log("calling with " + settings!.apiKey); // expect: SA302
  if (verbose) console.log(`${"key " + settings!.apiKey}`); // expect: SA302
}
