"""What a call asks about, where the function that it calls was taken out of a module in another scope."""

from linked import facts_of


def test_a_function_that_was_taken_out_of_a_module_elsewhere_is_asked_of_it() -> None:
    facts = facts_of(
        {
            "server.js": (
                'const express = require("express");\nconst axios = require("axios");\n'
                + "".join(f"const limit{n} = {n};\n" for n in range(40))
                + 'const tools = require("validator");\nconst checks = tools.default.checks;\n'
                "const app = express();\nfunction allowed(value) { return checks.names.isIn(value, ['a', 'b']); }\n"
                "app.get('/x', async (req, res) => {\n  if (!allowed(req.query.to)) return res.sendStatus(400);\n"
                "  res.send((await axios.get(req.query.to)).data);\n});\napp.listen(1);\n"
            ),
            "package.json": '{"name": "a", "dependencies": {"express": "5.0.0", "axios": "1.0.0"}}\n',
        }
    )
    assert [flow.sink for flow in facts.code_flows] == ["axios.get"]
