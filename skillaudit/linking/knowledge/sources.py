"""Where interesting values enter: the environment, credentials by origin, HTTP requests, upstream responses."""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from skillaudit.facts import Nature

_ENVIRONMENTS = {
    "os.environ", "process.env", "os.Environ()", "Deno.env.toObject()", "import.meta.env", "Bun.env",
    "syscall.Environ()", "dotenv.dotenv_values()",
}  # fmt: skip
_GETTERS = {
    "os.getenv", "os.environ.get", "os.environ.pop", "os.Getenv", "os.LookupEnv", "Deno.env.get",
    "os.environ.setdefault", "syscall.Getenv", "decouple.config", "environ.get",
}  # fmt: skip
_TOKEN_GETTER = re.compile(
    r"(?:^|\.)(?:get|fetch|acquire|obtain|retrieve|load|read|generate|create|issue|refresh|decrypt|request|mint)_?"
    r"(?:new_?|fresh_?|valid_?|auth_?|oauth_?|jwt_?|stored_?|current_?|user_?)*"
    r"(?:access_?token|refresh_?token|auth_?token|bearer_?token|api_?token|id_?token|token|secret|api_?key|password|credentials|private_?key)"
    r"(?:_?(?:silent|from_?\w+|for_?\w+|sync|async))?$",
    re.IGNORECASE,
)
_RESPONSES = re.compile(
    r"^(?:requests\.(?:get|post|put|patch|delete|request|head)|requests\.Session\(\)\.\w+|httpx\.(?:get|post|put|patch|delete|request|stream)|"
    r"httpx\.(?:Async)?Client\(\)\.\w+|aiohttp\.ClientSession\(\)\.\w+|urllib\.request\.urlopen|fetch|node-fetch|axios(?:\.\w+)?|"
    r"axios\.create\(\)(?:\.\w+)?|got(?:\.(?:extend|Got)\(\))?(?:\.\w+)?|undici\.(?:fetch|request)|net/http\.(?:Get|Post|Head|PostForm)|net/http\.Client\(\)\.\w+|"
    r"net/http\.(?:DefaultClient\.\w+|(?:DefaultTransport|(?:RoundTripper|Transport)\(\))\.RoundTrip)|ky(?:\.(?:create|extend|KyInstance)\(\))?(?:\.\w+)?|cross-fetch|superagent\.\w+|niquests\.\w+|curl_cffi\.requests\.\w+|"
    r"urllib3\.(?:PoolManager\(\)\.)?request|github\.com/hashicorp/go-retryablehttp\.(?:New)?Client\(\)\.\w+|"
    r"requests\.(?:models\.)?Response|httpx\.Response|aiohttp\.ClientResponse|"
    r"github\.com/go-resty/resty/v\d\.(?:New|Client)\(\)\.R\(\)(?:\.\w+\(\))*\.(?:Get|Post|Put|Patch|Delete|Execute))\(\)$"
)
_BODY_METHODS = {"json", "text", "content", "body", "data", "read", "Body", "arrayBuffer", "blob", "raw"}
_REQUESTS = re.compile(
    r"^(?:http\.server\.(?:Base|Simple|CGI)HTTPRequestHandler|express\.Request|express-serve-static-core\.Request|fastify\.FastifyRequest|starlette\.requests\.(?:Request|HTTPConnection)|"
    r"fastapi\.(?:Request|WebSocket)|starlette\.websockets\.WebSocket|"
    r"flask\.(?:Request|request)|django\.http\.(?:HttpRequest|request\.HttpRequest)|aiohttp\.web\.Request|sanic\.Request|"
    r"http\.(?:IncomingMessage)|net/http\.Request|github\.com/gin-gonic/gin\.Context|github\.com/labstack/echo/v\d\.Context|"
    r"hono\.(?:Context(?:\(\)\.req)?|HonoRequest)|koa\.(?:Parameterized)?Context|next/server\.NextRequest|next\.NextApiRequest|"
    r"http2\.Http2ServerRequest|quart\.(?:Request|request)|litestar\.Request|tornado\.httputil\.HTTPServerRequest|"
    r"fastmcp\.server\.dependencies\.get_http_request|github\.com/gofiber/fiber/v\d\.Ctx|github\.com/valyala/fasthttp\.RequestCtx|"
    r"github\.com/cloudwego/hertz/pkg/app\.RequestContext|github\.com/kataras/iris/v\d+\.Context|"
    r"github\.com/emicklei/go-restful(?:/v\d)?\.Request|pyramid\.request\.Request|"
    r"@nestjs/common\.(?:ExecutionContext|ArgumentsHost)\(\)\.switchToHttp\(\)\.getRequest)\(\)$|"
    r"^@nestjs/graphql\.GqlExecutionContext\.create\(\)\.getContext\(\)\.req(?:uest)?$|"
    r"^github\.com/(?:gin-gonic/gin|labstack/echo/v\d)\.Context\(\)\.Request(?:\(\))?$|"
    r"^github\.com/valyala/fasthttp\.RequestCtx\(\)\.Request(?:\(\))?$|"
    r"^(?:flask|quart|bottle|cherrypy)\.request$|^(?:tornado\.web\.RequestHandler|aiohttp\.web\.View|django\.[\w.]+View|"
    r"flask\.views\.\w*View|rest_framework\.[\w.]+(?:View|ViewSet))\(\)\.request$"
)
_CURRENT = re.compile(r"^(?:flask|quart|bottle|cherrypy)\.request\b")
_SESSION_HEADERS = re.compile(r"(?:^|[._])[sS]ession(?:\(\))?\.headers$|\.defaults\.headers(?:\.\w+)?$")
_REQUEST_NAMES = {"req", "request", "_req"}
_HEADERS = {
    "META", "COOKIES", "environ", "scope", "cookies", "Cookies", "Cookie", "headers", "Header", "rawHeaders",
    "raw_headers", "GetReqHeaders", "get_header", "invocation_metadata", "header",
}  # fmt: skip
_OF_SCOPE = {"path", "raw_path", "query_string", "headers", "path_params"}
_BODIES = {
    "body", "json", "data", "form", "text", "Body", "PostForm", "Form", "rawBody", "get_json", "get_data", "POST",
    "GetRawData", "BodyRaw", "payload", "formData", "parseBody", "arrayBuffer", "blob", "MultipartForm", "FormParams",
    "PostBody", "rfile", "forms", "media", "get_media", "bounded_stream",
}  # fmt: skip
_PARTS = {
    "query", "params", "query_params", "path_params", "url", "path", "originalUrl", "args", "method", "URL",
    "RequestURI", "Param", "Query", "FormValue", "PathValue", "QueryParam", "GET", "path_info", "host", "Host", "ip",
    "param", "searchParams", "RemoteAddr", "UserAgent", "hostname", "client",
    "queries", "routePath", "search", "href", "querystring", "DefaultQuery", "PostFormValue", "Params", "OriginalURL",
    "GetQuery", "QueryArray", "GetQueryArray", "QueryMap", "AllParams", "Queries", "QueryParams", "QueryString",
    "ParamValues", "DefaultPostForm", "GetPostForm", "PostFormArray", "nextUrl", "Path", "ByName",
    "match_info", "rel_url", "values", "view_args", "full_path", "query_string", "FILES", "query_arguments",
    "body_arguments", "get_param", "get_param_as_list", "files",
    "QueryArgs", "PostArgs", "UserValue", "Referer", "GetHeader", "matchdict", "subpath", "user_agent", "referrer",
    "URLParam", "URLParamDefault", "URLParamTrim", "URLParams", "PostValue", "PostValueDefault", "PostValueTrim",
    "FormValues", "QueryParameter", "PathParameter", "BodyParameter", "HeaderParameter", "QueryParameters",
}  # fmt: skip
_BY_NAME = {"PostForm", "FormValue", "PostFormValue", "Cookies", "header"}
_HELPERS = re.compile(
    r"^github\.com/(?:gorilla/mux\.Vars|go-chi/chi(?:/v\d)?\.(?:URLParam|URLParamFromCtx)|"
    r"julienschmidt/httprouter\.(?:ParamsFromContext|Params)|"
    r"beego/beego/v2/server/web\.Controller\(\)\.GetStrings?|astaxie/beego\.Controller\(\)\.GetStrings?)\(\)(?:\.ByName\(\))?$|"
    r"^(?:django\.[\w.]+View|rest_framework\.[\w.]+(?:View|ViewSet))\(\)\.kwargs$"
)
_AMBIENT = {
    "next/headers.cookies()": ("cookies",), "next/headers.headers()": ("headers",),
    "next/headers.cookies().get()": ("cookies", "cookie"), "next/headers.cookies().get().value": ("cookies", "cookie"),
    "express-validator.matchedData()": ("body",), "h3.getQuery()": ("query",), "h3.readBody()": ("body",),
    "h3.readValidatedBody()": ("body",), "h3.readRawBody()": ("body",), "h3.readFormData()": ("body",),
    "h3.getValidatedQuery()": ("query",), "h3.getRouterParams()": ("params",), "h3.parseCookies()": ("cookies",),
    "h3.getHeaders()": ("headers",), "h3.getRequestHeaders()": ("headers",), "getQuery()": ("query",),
    "readBody()": ("body",), "getRouterParams()": ("params",),
}  # fmt: skip
"""What frameworks' functions give out of the request that is being answered; h3's are globals in Nuxt."""
_NAMED_BY_ARGUMENT = {
    "getRouterParam": "params", "getHeader": "headers", "getRequestHeader": "headers", "getCookie": "cookies",
}  # fmt: skip
_PATTERNS = re.compile(r"/echo/v\d\.Context\(\)$")
_HARMLESS_PARTS = {
    "method", "ip", "RemoteAddr", "client", "host", "hostname", "Host", "state", "app", "signal", "socket", "id",
}  # fmt: skip


class Source(msgspec.Struct, frozen=True):
    """A value's nature by where it comes from, and what to call it."""

    nature: Nature
    name: str


def environment(path: str) -> bool:
    """Whether the dotted path is the whole environment."""
    return path in _ENVIRONMENTS


def environment_getter(path: str) -> bool:
    """Whether a call of the dotted path reads one environment variable, named by its first argument."""
    return path in _GETTERS


def gives_credential(path: str) -> bool:
    """Whether a function of this name hands out a credential."""
    return bool(_TOKEN_GETTER.search(path))


_SIGNING = re.compile(
    r"^(?:jwt|jwt\.api_jws|jose\.jwt|joserfc\.jwt|authlib\.jose\.(?:jwt|JsonWebToken\(\)))\.encode$|"
    r"^jose\.jws\.sign$|^jsonwebtoken\.sign$|^jose\.SignJWT\(\)(?:\.\w+\(\))*\.sign$|"
    r"^github\.com/golang-jwt/jwt(?:/v\d)?\.New(?:WithClaims)?\(\)\.SignedString$"
)


def signs(path: str) -> bool:
    """Whether a foreign function makes a signed token: PyJWT, python-jose, authlib, jose, jsonwebtoken, golang-jwt."""
    return bool(_SIGNING.match(path))


@lru_cache(maxsize=65536)
def response(path: str) -> bool:
    """Whether the dotted path is the response of an HTTP client."""
    return bool(_RESPONSES.match(path))


_RESULTS = re.compile(
    r"^(?:mcp(?:\.client\.session|\.shared\.session)?\.(?:Client|Base)Session|fastmcp\.Client|"
    r"@modelcontextprotocol/(?:sdk/)?client(?:/index(?:\.js)?)?\.Client|"
    r"github\.com/modelcontextprotocol/go-sdk/mcp\.ClientSession|github\.com/mark3labs/mcp-go/client\.(?:MCP)?Client)\(\)\."
    r"(?:send_request|call_tool|read_resource|get_prompt|request|callTool|readResource|getPrompt|CallTool|ReadResource|"
    r"GetPrompt|initialize|Initialize)\(\)$"
)


_INTRODUCTION = re.compile(
    r"^github\.com/modelcontextprotocol/go-sdk/mcp\.[\w().]*Session(?:\(\))?\.InitializeParams\(\)$"
)


_CLIENT_ANSWERS = re.compile(
    r"^@modelcontextprotocol/sdk/server(?:/(?:mcp|index)(?:\.js)?)?\.(?:McpServer|Server)\(\)(?:\.server)?\."
    r"(?:request|elicitInput)\(\)$|"
    r"^(?:mcp\.server\.|fastmcp)[\w.]*(?:Context|get_context)\(\)\.(?:session\.)?elicit(?:_form|_url)?\(\)$|"
    r"^github\.com/modelcontextprotocol/go-sdk/mcp\.[\w().]*Session(?:\(\))?\.Elicit\(\)$"
)


def client_answer(path: str) -> bool:
    """Whether the dotted path is what the client answered to a request of the server: what its user typed."""
    return bool(_CLIENT_ANSWERS.match(path))


def introduction(path: str) -> bool:
    """Whether the dotted path is the parameters of a client's ``initialize`` request, as the Go kit keeps them."""
    return bool(_INTRODUCTION.match(path))


def result(path: str) -> bool:
    """Whether the dotted path is what another MCP server answered to a client's request."""
    return bool(_RESULTS.match(path))


_SENT = re.compile(r"\.(?:request(?:\.options)?|config)$")


@lru_cache(maxsize=65536)
def sent(path: str) -> bool:
    """Whether the dotted path is the request that a response came for: axios' ``response.config``, ``r.request``."""
    found = _SENT.search(path)
    return found is not None and response(path[: found.start()])


_KEEPING = re.compile(r"^axios(?:\.create\(\))?(?:\.(?:get|post|put|patch|delete|head|options|request))?\(\)$")


def keeps_request(path: str) -> bool:
    """Whether the dotted path is an answer that shows the request it is for: axios' ``config``, with its headers."""
    return bool(_KEEPING.match(path))


def shows_itself(path: str) -> bool:
    """Whether headers under the dotted path are written out as they are: httpx masks ``Authorization`` in its own."""
    return not path.startswith("httpx.")


def response_part(name: str) -> Nature | None:
    """What a member of a response holds."""
    if name in _HEADERS:
        return Nature.HEADERS
    return Nature.UPSTREAM if name in _BODY_METHODS else None


def session_headers(path: str) -> bool:
    """Whether the dotted path is what a client sends with each request: the server's own credential among it."""
    return bool(_SESSION_HEADERS.search(path))


_ASGI = re.compile(r"\bScope\b")


def asgi_scope(name: str, type_text: str, others: Iterable[str]) -> bool:
    """Whether a parameter is what an ASGI server hands to an application: all of a request but its body."""
    return bool(_ASGI.search(type_text)) or (name == "scope" and {"receive", "send"}.issubset(others))


@lru_cache(maxsize=65536)
def request_type(path: str) -> bool:
    """Whether an object of this type is an inbound HTTP request."""
    return bool(_REQUESTS.match(path))


def of_request(path: str) -> bool:
    """Whether the dotted path is, or lies in, the request that a framework keeps under one name for everybody."""
    return bool(_CURRENT.match(path))


_CONFIGURATIONS = re.compile(
    r"^(?:flask\.(?:Flask\(\)|current_app)|quart\.(?:Quart\(\)|current_app)|sanic\.Sanic\(\))\.config$"
)


@lru_cache(maxsize=65536)
def dumped(path: str) -> bool:
    """Whether the dotted path is all of an application's configuration, its secret key among it."""
    return bool(_CONFIGURATIONS.match(path))


def handed_headers(path: str) -> bool:
    """Whether the dotted path is the headers of an inbound request, as a kit gives them out."""
    return path == "fastmcp.server.dependencies.get_http_headers()"


_SOCKET_MESSAGES = re.compile(
    r"^(?:fastapi|starlette\.websockets)\.WebSocket\(\)\.(?:receive(?:_(?:json|text|bytes))?|iter_\w+)\(\)$|"
    r"^quart\.websocket\.receive(?:_json)?\(\)$"
)
_GETTERS_OF_PARTS = re.compile(
    r"^tornado\.web\.RequestHandler\(\)\.get_(?:(?:query_|body_)?arguments?|secure_cookie|cookie|signed_cookie)\(\)$"
)


def socket_message(path: str) -> bool:
    """Whether the dotted path is what a client sent over a web socket."""
    return bool(_SOCKET_MESSAGES.match(path))


def request_getter(path: str) -> str:
    """The part of a request that a call of the dotted path takes a piece of by its name; empty for any other."""
    return ("cookies" if "cookie" in path else "params") if _GETTERS_OF_PARTS.match(path) else ""


def request_method(name: str) -> str:
    """The part of an inbound request that a method of this name gives out in Python; empty for any other."""
    if name in {"json", "form", "body", "get_json", "get_data", "text", "post", "get_media"}:
        return "body"
    return name if name == "invocation_metadata" else ""


_OF_SERVER = re.compile(
    r"^(?:wsgi\.(?!input)|werkzeug|SERVER|REMOTE|REQUEST_METHOD|CONTENT_LENGTH|SCRIPT_NAME|GATEWAY)"
)


def of_environ(names: tuple[str, ...]) -> tuple[str, ...]:
    """What CGI's names stand for: ``META["HTTP_X_KEY"]`` is the header ``X-KEY``; nothing for what the server says.

    ASGI's ``request.scope["path"]`` is the path as the client sent it, decoded.
    """
    if names[0] == "scope" and len(names) > 1 and names[1] != "*":
        return names[1:] if names[1] in _OF_SCOPE else ()
    if names[0] not in {"META", "environ"} or len(names) == 1 or names[1] == "*":
        return names
    key = names[1]
    if key.startswith("HTTP_"):
        return ("headers", key.removeprefix("HTTP_").replace("_", "-"), *names[2:])
    if _OF_SERVER.match(key):
        return ()
    known = {"wsgi.input": ("body",), "PATH_INFO": ("path",)}
    return (*known.get(key, ("headers", key)), *names[2:])


def request_name(name: str) -> bool:
    """Whether a parameter of this name and no type is an inbound HTTP request, when its parts are read as such."""
    return name in _REQUEST_NAMES


def request_part(name: str) -> Nature | None:
    """What a member of an inbound request holds; None for what is harmless or unknown."""
    if name in _HARMLESS_PARTS:
        return None
    if name in _HEADERS:
        return Nature.HEADERS
    if name in _BODIES:
        return Nature.BODY
    return Nature.REQUEST if name in _PARTS else None


def call_metadata(path: str) -> bool:
    """Whether the dotted path is what a client sent beside the message of a remote call, as headers are sent."""
    return path == "google.golang.org/grpc/metadata.FromIncomingContext()"


def named_part(path: str) -> bool:
    """Whether a call of the dotted path gives out one value of a request, by its name."""
    return path.removesuffix("()").rpartition(".")[2] in _BY_NAME and path.endswith("()")


def route_helper(path: str) -> bool:
    """Whether the dotted path is what a router's own function takes out of an inbound request's address."""
    return bool(_HELPERS.match(path))


def upload_name(names: tuple[str, ...]) -> bool:
    """Whether a member of an inbound request is the name that the sender gave an uploaded file; its path is ours."""
    return names[0] in {"file", "files"} and names[-1] in {"originalname", "originalFilename", "filename"}


_ADDRESSES = {"url", "originalUrl", "path", "routePath", "nextUrl", "search", "href", "querystring"}
_OF_ADDRESSES = {"pathname", "path", "href", "search", "hash", "host", "hostname", "protocol", "port", "origin", "url"}


def encoded(names: tuple[str, ...]) -> bool:
    """Whether it is the address of an inbound request, or a part of one that parsing does not decode."""
    return names[0] in _ADDRESSES and all(name in _OF_ADDRESSES or name.isdecimal() for name in names[1:])


def ambient(path: str) -> tuple[str, ...]:
    """The names in the request that is being answered of what a framework's function gives out; empty for others."""
    return _AMBIENT.get(path, ())


def named_by_argument(path: str) -> str:
    """The part of the request of which h3's function gives out what its second argument names; empty for others."""
    return _NAMED_BY_ARGUMENT.get(path.removeprefix("h3."), "")


def carried(path: tuple[str, ...]) -> tuple[str, ...]:
    """The headers of the request that a tool's call came in, as MCP's kit tells its handler, or a part of them."""
    way = next((way for way in (("requestInfo",), ("http", "req")) if path[: len(way)] == way), ())
    inner = path[len(way) :]
    return inner if way and inner[:1] == ("headers",) else ()


def pattern(kind: str, part: str) -> bool:
    """Whether a part of a request of this type is the route's pattern, which the developer wrote: echo's ``Path()``."""
    return part == "Path" and bool(_PATTERNS.search(kind))


def message_schema(name: str) -> bool:
    """Whether an object of this name checks and gives out JSON-RPC messages, as the SDKs' do."""
    return bool(re.match(r"^(?:JSONRPC|JsonRpc)(?:Message|Request|Notification)(?:Schema)?$", name))


def parses_json(name: str) -> bool:
    """Whether a function of this name reads JSON."""
    return name in {"load", "loads", "parse", "decode"}


def standard_input(path: str) -> bool:
    """Whether the dotted path is, or was read from, the process's standard input."""
    return path.startswith(("sys.stdin", "process.stdin"))
