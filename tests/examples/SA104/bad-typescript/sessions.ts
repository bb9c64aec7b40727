export const sessions = new Map<string, any>();
