export const say = (line: string) => console.error(`[mini] ${line}`);
