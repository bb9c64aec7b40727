import jwt from "jsonwebtoken";
import { jwtVerify } from "jose";
import { bearerAuth } from "hono/bearer-auth";
import OAuthProvider from "@cloudflare/workers-oauth-provider";

// ruleid: ts-auth-sdk
app.use("/mcp", requireBearerAuth({ verifier, requiredScopes: ["books"] }));
// ruleid: ts-auth-sdk
export const GET = withMcpAuth(handler, verifyToken, { required: true });
// ok: ts-auth-sdk
const header = makeBearerHeader(token);
// ruleid: ts-auth-server
app.use(mcpAuthRouter({ provider, issuerUrl }));
// ruleid: ts-auth-server
export default new OAuthProvider({ apiRoute: "/mcp", apiHandler });
// ok: ts-auth-server
const upstream = new OAuthClientProvider(redirect);
// ruleid: ts-auth-jwt
const claims = jwt.verify(token, key);
// ruleid: ts-auth-jwt
const { payload } = await jwtVerify(token, keys, { issuer });
// ruleid: ts-auth-jwt
const ticket = await new OAuth2Client().verifyIdToken({ idToken: token, audience });
// ok: ts-auth-jwt
const signed = jwt.sign(claims, key);
// ruleid: ts-auth-middleware
app.use("/mcp/*", bearerAuth({ token }));
// ruleid: ts-auth-middleware
app.use(passport.authenticate("jwt", { session: false }));
// ok: ts-auth-middleware
app.use(cors());
// ruleid: ts-auth-fastmcp
const fast = new FastMCP({ name: "shelf", version: "1.0.0", authenticate: async (request) => check(request) });
// ok: ts-auth-fastmcp
const open = new FastMCP({ name: "shelf", version: "1.0.0" });

function guard(req, res, next) {
  // ruleid: ts-auth-header
  const given = req.headers.authorization;
  // ruleid: ts-auth-header
  const other = req.headers?.["authorization"];
  // ruleid: ts-auth-header
  const third = request.headers.get("Authorization");
  // ruleid: ts-auth-header
  const fourth = c.req.header("authorization");
  // ok: ts-auth-header
  config.headers.authorization = `Bearer ${token}`;
  // ok: ts-auth-header
  outgoingRequest.headers.authorization = `Bearer ${token}`;
  // ok: ts-auth-header
  const type = req.headers["content-type"];
}
