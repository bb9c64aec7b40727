"""Go: what libraries of settings, options, tokens and requests give out: viper, flags, oauth2, jwt, ``httputil``."""

import re
from collections.abc import Iterator

import msgspec

from skillaudit import ir
from skillaudit.facts import Nature, Step
from skillaudit.linking.knowledge import vocabulary
from skillaudit.linking.names.program import At, Program
from skillaudit.linking.names.symbols import External, Symbols
from skillaudit.linking.values.origin import Origin, Path
from skillaudit.linking.values.transfers import Transfers

_SETTING = re.compile(
    r"^github\.com/(?:spf13/viper\.(?:\w+\(\)\.)?Get(?:String\w*)?|knadh/koanf(?:/v\d)?\.(?:\w+\(\)\.)?(?:String|Get|MustString))$"
)
_SETTINGS = re.compile(
    r"^github\.com/(?:spf13/viper\.(?:\w+\(\)\.)?AllSettings|knadh/koanf(?:/v\d)?\.(?:\w+\(\)\.)?(?:All|Raw))$"
)
_VARIABLES = {"github.com/joho/godotenv.Read", "github.com/joho/godotenv.Parse", "github.com/joho/godotenv.Unmarshal"}
_OPTION = re.compile(
    r"^(?:(?:flag|github\.com/spf13/pflag)\.(?:\w+\(\)\.)?|github\.com/spf13/cobra\.Command\(\)\.\w*Flags\(\)\.)"
    r"String(?P<stored>Var)?P?$"
)
_TOKEN = re.compile(
    r"^golang\.org/x/oauth2(?:/\w+)?\.[\w().]*\.?(?:Exchange|Token|PasswordCredentialsToken|DeviceAccessToken)$|"
    r"^github\.com/golang-jwt/jwt(?:/v\d)?\.[\w().]*SignedString$"
)
_DUMP = re.compile(r"^net/http/httputil\.DumpRequest(?:Out)?$")
_DUMP_RESPONSE = "net/http/httputil.DumpResponse"
_WITH_BODY = 1


class GoSources(msgspec.Struct, frozen=True):
    """Reads one call at a time."""

    program: Program
    symbols: Symbols
    transfers: Transfers

    def of(self, at: At, call: ir.Call, path: Path) -> Iterator[Origin]:
        """What a call of one of those libraries gives, after ``path`` is taken of it."""
        if self.program.modules[at.module].language == "go":
            for symbol in self.symbols.resolve(at.to(call.callee)):
                if isinstance(symbol, External) and symbol.path in _VARIABLES:
                    yield from self.transfers.environment(at, call.line, path)
                elif isinstance(symbol, External) and not path:
                    yield from self._whole(at, call, symbol.path)

    def _whole(self, at: At, call: ir.Call, called: str) -> Iterator[Origin]:
        option = _OPTION.match(called)
        name = self._told(at, call, 1 if option and option["stored"] else 0)
        if _SETTING.match(called) and _names(name):
            yield Origin(Nature.SECRET_VARIABLE, name, (self._here(at, call, f"setting {name}"),))
        elif option and _names(name):
            yield Origin(Nature.CREDENTIAL, name, (self._here(at, call, f"option `--{name}`"),), certain=False)
        elif _SETTINGS.match(called):
            yield Origin(Nature.CONFIG, "settings", (self._here(at, call, "every setting"),), certain=False)
        elif _TOKEN.match(called):
            yield Origin(Nature.CREDENTIAL, "token", (self._here(at, call, "a token is given out here"),))
        elif called == _DUMP_RESPONSE and self._with_body(at, call):
            yield Origin(Nature.RESPONSE, "the response", (self._here(at, call, "the whole response as a text"),))
        elif _DUMP.match(called) or called == _DUMP_RESPONSE:
            yield Origin(Nature.HEADERS, "the request", (self._here(at, call, "the whole request as a text"),))

    def _here(self, at: At, call: ir.Call, note: str) -> Step:
        return self.transfers.step(at, call.line, note)

    def _with_body(self, at: At, call: ir.Call) -> bool:
        held = self.program.value(at.to(call.args[_WITH_BODY].value)) if len(call.args) > _WITH_BODY else None
        return isinstance(held, ir.Literal) and held.text == "true"

    def _told(self, at: At, call: ir.Call, number: int) -> str:
        """The constant that names a setting or an option."""
        given = call.args[number].value if len(call.args) > number else -1
        held = self.program.value(self.program.bare(at.to(given))) if given >= 0 else None
        return held.text if isinstance(held, ir.Literal) and held.kind == "str" else ""


def _names(name: str) -> bool:
    last = name.rpartition(".")[2]
    return bool(last) and (vocabulary.names_credential(last) or vocabulary.names_secret_variable(last))
