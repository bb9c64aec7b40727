export const settings = { permissions: { write: false } };
