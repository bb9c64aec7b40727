"""The intermediate form of TypeScript sources as text, for the tests of its front end."""

from skillaudit import ir
from skillaudit.collectors.typescript import lower


def module(source: str, path: str = "a.ts") -> ir.Module:
    return lower(path, "typescript", source.encode())


def show(function: ir.Function, number: int, depth: int = 0) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a kind
    """A value as an expression; names of variables instead of their values below the top."""
    if number < 0:
        return "-"
    value = function.values[number]

    def of(other: int) -> str:
        return show(function, other, depth + 1)

    match value:
        case ir.Literal():
            return repr(value.text) if value.kind == "str" else value.text
        case ir.Param():
            return f"${value.index}"
        case ir.Receiver():
            return "this"
        case ir.Name():
            return f"?{value.name}"
        case ir.Import():
            return f"<{value.module}:{value.symbol}>"
        case ir.Variable():
            return f"{value.name}={of(value.value)}" if depth == 0 else value.name
        case ir.Member():
            return f"{of(value.base)}.{value.name}"
        case ir.Item():
            return f"{of(value.base)}[{of(value.key)}]"
        case ir.Element():
            return f"each({of(value.base)})"
        case ir.Call():
            prefix = "await " * value.awaited + "new " * value.new
            inside = ", ".join("..." * argument.spread + of(argument.value) for argument in value.args)
            return f"{prefix}{of(value.callee)}({inside})"
        case ir.Text():
            return f"{value.style}({' '.join(of(part) for part in value.parts)})"
        case ir.Operation():
            return f"({value.operator} {' '.join(of(operand) for operand in value.operands)})"
        case ir.Choice():
            test = f"{of(value.test)}? " if value.test >= 0 else ""
            return f"{{{test}{' | '.join(of(option) for option in value.options)}}}"
        case ir.Record():
            return (
                f"{{{', '.join('...' * entry.spread + entry.key + ':' + of(entry.value) for entry in value.entries)}}}"
            )
        case ir.Sequence():
            return f"[{', '.join(of(item) for item in value.items)}]"
        case ir.Closure():
            return f"fn{value.function}"
        case ir.ClassValue():
            return f"class{value.index}"
        case ir.Caught():
            return "caught"
        case ir.Opaque():
            return f"<{' '.join([value.kind, *map(of, value.children)])}>"


def trace(function: ir.Function) -> list[str]:
    """The steps, each behind the kinds of the blocks it stands in."""
    return [f"{_where(function, step.block)}{_step(function, step)}" for step in function.steps]


def _where(function: ir.Function, number: int) -> str:
    block = function.blocks[number]
    test = f"({show(function, block.test, 1)})" if block.test >= 0 else ""
    return "" if block.parent < 0 else f"{_where(function, block.parent)}{block.kind}{test}: "


def _step(function: ir.Function, step: ir.Step) -> str:
    match step:
        case ir.Do():
            return show(function, step.value, 1)
        case ir.Return():
            return f"{'yield' if step.yields else 'return'} {show(function, step.value, 1)}"
        case ir.Raise():
            return f"throw {show(function, step.value, 1)}"
        case ir.Store():
            place = step.name if step.key < 0 else f"[{show(function, step.key, 1)}]"
            return f"{show(function, step.base, 1)}.{place} = {show(function, step.value, 1)}"


def main(source: str, path: str = "a.ts") -> list[str]:
    return trace(module(source, path).functions[0])


def bound(function: ir.Function) -> dict[str, str]:
    return {binding.name: show(function, binding.value) for binding in function.bindings}


def names(source: str, path: str = "a.ts") -> dict[str, str]:
    return bound(module(source, path).functions[0])


def function(source: str, name: str) -> ir.Function:
    return next(made for made in module(source).functions if made.name == name)


def exports(source: str, path: str = "a.ts") -> dict[str, str]:
    made = module(source, path)
    return {
        export.name: show(made.functions[0], export.value)
        if export.value >= 0
        else f"<{export.module}:{export.symbol}>"
        for export in made.exports
    }


SOURCES = {
    "a.ts": """\ufeff// ünïcode before the first call
import { z } from "zod";\r
@Injectable({ a: f(1) })\r
export class Server<T> extends make(Base) {
  static #count = start();
  handler = async (x: string) => await run(x);
  @Tool(describe("a")) method(@Inject(token()) a = fallback(), { b = g() }: P = h()) { return super.method(a(b)); }
  static { register(); }
  get [key()]() { return this.#x?.y?.(1)!; }
}
namespace N { export const a = inner(); }
enum E { A = value() }
const t = tag`a${sub()}b`, u = `x${one(two())}`, v = cond() ? yes() : no(), w = left() ?? right();
for (const [k, { d = dflt() }] of list(k)) { label: while (test()) { if (x()) continue label; else break; } }
for (let i = init(); more(i); step(i)) do { body(); } while (again());
try { risky(); } catch ({ message = text() }) { log(message); } finally { close(); }
switch (subject()) { case first(): case second(): act(); break; default: other(); }
obj()[idx()] = val(); x ||= lazy(); [p = q()] = r(); delete s().t; void u1(), (v1(), w1());
const o = { m() { return a1(); }, [c1()]: d1(), ...e1(), f: async function* () { yield* g1(); } };
new Foo; new Bar(new Baz()); (function () { iife(); })(); p1.then((r) => r.json()).catch(console.error);
const n = await fetchJson<T>(url()) && !check<U>(n), m = await api.get<V>(path()).then(unwrap);
if (a < b && c > (d)) {} else if (e2()) throw new Error(`bad ${fmt(e2)}`);
const s = "a" + b2() + c2<T>(1); export default wrap(() => deep()); satisfied(x as Y) satisfies Z;
""",
    "a.tsx": "const v = <A b={f(1)} {...rest()}>{g(2)} text <i>{cond && <B c={() => h()} />}</i></A>; r<T,>(v);",
    "a.js": "'use strict'; const { a } = require('x')(cfg()); module.exports = make(a); using r = open();",
}
