"""A front end beside a server in a language that is not read is never called clean."""

from audits import audit_tree, outcomes

PORTAL = {
    "server/Program.cs": "class Program {\n" + "    static void Serve() { Listen(); }\n" * 60 + "}\n",
    "portal/package.json": '{"name": "portal", "version": "1.0.0", "dependencies": {"react": "19.0.0"}}\n',
    "portal/src/app.tsx": "export const App = () => <main>Hello</main>;\n" * 1
    + "".join(f"export const Part{n} = () => <p>{n}</p>;\n" for n in range(60)),
}


def test_checks_of_code_are_unknown_where_the_server_is_not_read() -> None:
    report = audit_tree(PORTAL)
    found = outcomes(report)
    assert {found[check] for check in ("SA601", "SA602", "SA603", "SA606")} == {"unknown"}
    assert report.card.security.letter is None
    assert report.card.overall.letter is None
