export function rejected(req, reason: string) {
  console.error(JSON.stringify({ event: "auth_failure", reason, ip: req.ip }));
}
