const key = process.env.ADMIN_API_KEY!;
const maskStart = (text: string) => "****" + text.slice(4);
const maskSplit = (text: string) => text.slice(0, 3) + "…" + text.slice(3);
const maskEnd = (text: string) => "****" + text.slice(-4);
const maskAll = (text: string) => text.slice(0, 2) + "*".repeat(text.length - 2);

console.log(maskStart(key)); // expect: SA302
console.log(maskSplit(key)); // expect: SA302
console.log(maskEnd(key));
console.log(maskAll(key));
