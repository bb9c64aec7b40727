const address = process.env.DATABASE_URL;
console.log(`connecting to ${new URL(address).host} as ${new URL(address).protocol}`);
console.log("keys", Object.keys({ address }));
