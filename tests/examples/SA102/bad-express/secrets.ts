export const allowed = (host?: string) => host === "localhost";
export const same = (token: string) => token === process.env.TOKEN;
