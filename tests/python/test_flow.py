"""Where values go inside a function."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet_ls.python.flow import Flow, Meaning, Role, Use
from hatchet_ls.python.flow_values import differ
from hatchet_ls.python.parse import Node, parse, walk
from hatchet_ls.text import Source

MEANINGS = {
    "op": Meaning(Role.OPERATION, range(1), frozenset({"input"}), {"kind": "op"}),
    "other_op": Meaning(Role.OPERATION, range(1), frozenset({"input"}), {"kind": "other"}),
    "log": Meaning(Role.LOG),
    "str": Meaning(Role.CONVERSION),
    "list": Meaning(Role.COLLECTION),
    "Model": Meaning(Role.CONSTRUCTOR, keywords=frozenset({"a", "b"})),
    "shuffle": Meaning(Role.SHUFFLE),
    "seed": Meaning(Role.SEED, generator="dice"),
    "draw": Meaning(Role.DRAW, generator="dice"),
    "set": Meaning(Role.SET, any_order=True),
    "sorted": Meaning(Role.COLLECTION, any_order=True),
    "iter": Meaning(Role.COLLECTION),
    "enumerate": Meaning(Role.COUNTING),
    "zip": Meaning(Role.PAIRING),
    "next": Meaning(Role.ITEM),
    "sum": Meaning(Role.CONVERSION, any_order=True),
    "wait": Meaning(Role.OPERATION, any_order=True),
}


def uses_of(body: str, origin: str = "now") -> frozenset[Use]:
    """What becomes of the value of the only call of ``origin`` in a function with that body."""
    function = function_of(body)
    trailers = {
        name_before(node): node for node in walk(function) if node.type == "trailer" and node.children[0] == "("
    }
    flow = Flow(function, lambda trailer: MEANINGS.get(name_before(trailer)))
    return flow.uses(trailers[origin])


def uses_of_orders(body: str) -> frozenset[Use]:
    """What becomes of the orders in which a function with that body takes the items of sets."""
    flow = Flow(function_of(body), lambda trailer: MEANINGS.get(name_before(trailer)))
    return frozenset[Use]().union(*map(flow.uses_of_order, flow.takings()))


def function_of(body: str) -> Node:
    """The tree of a function with that body."""
    text = "async def f(param):\n" + "".join(f"    {line}\n" for line in body.strip().splitlines())
    tree = parse(Source(Path("f.py"), text)).tree
    return next(node for node in walk(tree) if node.type == "funcdef")


def name_before(trailer: Node) -> str:
    """The name that a call's parentheses stand behind."""
    leaf = trailer.get_previous_leaf()
    return str(leaf.value)


@pytest.mark.parametrize(
    "body",
    [
        "await op(now())",
        "await op(input=now())",
        "x = now()\nawait op(x)",
        "x = y = now()\nawait op(y)",
        "x: int = now()\nawait op(x)",
        "x = 1\nx += now()\nawait op(x)",
        "await op(x := now())",
        "if (x := now()):\n    pass\nawait op(x)",
        "await op(str(now()))",
        "await op(f'at {now()!r:>{3}}')",
        "await op('at %s' % now())",
        "await op('at {}'.format(now()))",
        "await op(now().isoformat())",
        "await op(now().year)",
        "await op(-now() + 1)",
        "await op(now() ** 2)",
        "await op(now() if param else 1)",
        "await op(1 if now() else 2)",
        "await op(param or now())",
        "await op([1, now()])",
        "await op({'k': now()})",
        "await op({now()})",
        "await op({'k': 1, **now()})",
        "await op((1, *now()))",
        "a, (b, c) = 1, (2, now())\nawait op(c)",
        "a, *rest = 1, now()\nawait op(rest)",
        "x = Model(a=1, b=now())\nawait op(x.b)",
        "x = Model(a=1, b=now())\nawait op(x)",
        "x = Model(a=1, b=now())\nawait op(x.model_dump())",
        "x = Model(**{'a': now()})\nawait op(x)",
        "x = {'a': 1, 'b': now()}\nawait op(x['b'])",
        "x = {'a': 1, 'b': now()}\nawait op(x.get('b'))",
        "x = {'a': 1, 'b': now()}\nawait op(x[param])",
        "x = {}\nx['a'] = now()\nawait op(x)",
        "x = Model()\nx.a = now()\nawait op(x.a)",
        "x = []\nx.append(now())\nawait op(x)",
        "x = {}\nx.update(a=now())\nawait op(x)",
        "x = [now() for _ in param]\nawait op(x[0])",
        "x = [y for y in [now()]]\nawait op(x)",
        "x = {k: now() for k in param}\nawait op(x)",
        "await op([1 for _ in param if now()])",
        "for x in now():\n    await op(x)",
        "async for x in now():\n    await op(x)",
        "x = list([now()])\nawait op(x)",
        "with now() as x:\n    await op(x)",
        "try:\n    x = now()\nexcept ValueError:\n    x = 1\nawait op(x)",
        "try:\n    x = now()\n    g()\nfinally:\n    await op(x)",
        "try:\n    g()\nexcept ValueError:\n    x = now()\nelse:\n    x = 1\nawait op(x)",
        "while param:\n    await op(x)\n    x = now()",
        "while param:\n    await op(x)\n    x = y\n    y = now()",
        "if param:\n    x = now()\nelse:\n    x = 1\nawait op(x)",
        "x = 1\nif now():\n    x = 2\nawait op(x)",
        "await now().op()",
        "x = now()\npass\nawait op(x)",
        "x = now()\nimport os\nawait op(x)",
        "class C:\n    pass\nx = now()\nawait op(x)",
        "await op(*[], input=now())",
        "with open(param) as (a, b), now():\n    pass\nx = now()\nawait op(x)",
        "with param, g() as x:\n    y = now()\nawait op(y)",
        "await op(list(now() for _ in param))",
        "x: int\nx = now()\nawait op(x)",
        "@deco\ndef g():\n    pass\nawait op(now())",
    ],
)
def test_reaches_an_operation(body: str) -> None:
    assert Use.ARGUMENT in uses_of(body)


@pytest.mark.parametrize(
    "body",
    [
        "now()\nawait op(1)",
        "x = now()\nx = 1\nawait op(x)",
        "x = now()\ndel x\nawait op(1)",
        "x = now()\nif param:\n    x = 1\nelse:\n    x = 2\nawait op(x)",
        "x = Model(a=1, b=now())\nawait op(x.a)",
        "x = {'a': 1, 'b': now()}\nawait op(x['a'])",
        "x = {'a': 1, 'b': now()}\nawait op(x.get('a'))",
        "a, b = 1, now()\nawait op(a)",
        "x = Model()\nx.a = now()\nawait op(x.b)",
        "def x():\n    return now\nawait op(x)\nnow()",
        "x = await op(1)\nlog(now())\nawait op(x)",
        "return now()\nawait op(now)",
        "x = now()\nx = await op(1)\nawait op(x)",
        "[x for x in now()]\nx = 1\nawait op(x)",
        "op",
    ],
)
def test_does_not_reach_an_operation(body: str) -> None:
    text = body if "now()" in body else body + "\nnow()"
    assert not uses_of(text) & {Use.ARGUMENT, Use.GUARD, Use.SWAY}


@pytest.mark.parametrize(
    "body",
    [
        "if now():\n    await op(1)\nawait other_op(1)",
        "if param:\n    pass\nelif now():\n    await op(1)\nelse:\n    await other_op(1)",
        "if not now():\n    await op(1)\n    return\nawait other_op(1)",
        "while now():\n    await op(1)\nawait other_op(1)",
        "while True:\n    if now():\n        break\n    await op(1)\nawait other_op(1)",
        "for x in now():\n    await op(1)\nawait other_op(1)",
        "for x in param:\n    if now():\n        continue\n    await op(1)\nelse:\n    await other_op(1)",
        "await op(1) if now() else await other_op(1)",
        "now() and await op(1)\nawait other_op(1)",
        "x = now()\nif param:\n    if x > 1:\n        await op(1)\n    await other_op(1)",
        "try:\n    if now():\n        await op(1)\n    await other_op(1)\nexcept ValueError:\n    await op(2)",
        "try:\n    if now():\n        raise ValueError\n    await op(1)\nexcept ValueError:\n    await other_op(1)",
    ],
)
def test_decides_which_operation_comes_next(body: str) -> None:
    assert Use.GUARD in uses_of(body)


@pytest.mark.parametrize(
    "body",
    [
        "if now():\n    await op(1)",
        "if now():\n    return\nawait op(1)",
        "if param:\n    if now():\n        return\nawait op(1)",
        "if now():\n    raise ValueError\nawait op(1)",
        "assert now()\nawait op(1)",
        "while now():\n    await op(1)",
        "while True:\n    if now():\n        break\n    await op(1)",
        "for _ in param:\n    if now():\n        continue\n    await op(1)",
        "try:\n    if now():\n        raise ValueError\n    await op(1)\nexcept ValueError:\n    pass",
        "if now():\n    await op(1)\nelse:\n    await op(1)",
        "now() or await op(1)",
        "[await op(1) for _ in param if now()]",
        "while now():\n    x = 1\nawait op(x)",
        "if now():\n    if param:\n        await op(1)\nawait other_op(1)",
        "if now():\n    await op(1)\nelif param:\n    await other_op(1)",
        "if now():\n    if param:\n        return\n    await op(1)\nawait other_op(1)",
        "while True:\n    if now():\n        await op(1)\nawait other_op(1)",
    ],
)
def test_sways_whether_or_how_an_operation_runs(body: str) -> None:
    assert Use.SWAY in uses_of(body)
    assert not uses_of(body) & {Use.ARGUMENT, Use.GUARD}


@pytest.mark.parametrize(
    "body",
    [
        "try:\n    if now():\n        raise ValueError\nexcept ValueError:\n    pass\nawait op(1)",
        "for _ in param:\n    if now():\n        break\nawait op(1)",
        "while now():\n    log(1)\nawait op(1)",
        "if now():\n    log(1)\nawait op(1)",
        "if now():\n    log(1)\nif param:\n    await op(1)\nawait other_op(1)",
        "if now():\n    log(1)\nfor _ in param:\n    await op(1)\nawait other_op(1)",
        "if now():\n    log(1)\ntry:\n    await op(1)\nexcept ValueError:\n    await other_op(1)",
        "if param:\n    if now():\n        return\nelse:\n    await op(1)",
        "try:\n    assert now()\nexcept AssertionError:\n    pass\nawait op(1)",
    ],
)
def test_a_test_that_no_operation_depends_on(body: str) -> None:
    assert uses_of(body) == {Use.TEST}


@pytest.mark.parametrize(
    ("body", "use"),
    [
        ("await op(1, now())", Use.ASIDE),
        ("await op(1, label=now())", Use.ASIDE),
        ("x = Model(c=now())\nawait op(x)", Use.ASIDE),
        ("log(now())", Use.LOG),
        ("log('%s', now())", Use.LOG),
        ("return now()", Use.RESULT),
        ("yield now()", Use.RESULT),
        ("raise ValueError(now())", Use.RESULT),
        ("raise ValueError from now()", Use.RESULT),
        ("assert param, now()", Use.RESULT),
        ("unknown(now())", Use.PASSED),
        ("unknown.method(now())", Use.PASSED),
        ("await op(*now())", Use.OTHER),
        ("param.at = now()", Use.CHANGE),
        ("param['at'] = now()", Use.CHANGE),
        ("elsewhere.at = now()", Use.OTHER),
        ("x = {}\nx[now()] = 1", Use.OTHER),
        ("global x\nx = now()", Use.OTHER),
        ("x = now()\ny = lambda: x", Use.OTHER),
        ("x = now()\ndef g():\n    return x", Use.OTHER),
        ("if now():\n    await unknown()", Use.OTHER),
        ("param.append(now())", Use.CHANGE),
        ("elsewhere.append(now())", Use.OTHER),
        ("x = Model(a=now())\nx.compute()", Use.OTHER),
    ],
)
def test_goes_elsewhere(body: str, use: Use) -> None:
    assert use in uses_of(body)
    assert not uses_of(body) & {Use.ARGUMENT, Use.GUARD}


def test_a_value_that_is_not_used_has_no_use() -> None:
    assert uses_of("x = now()") == frozenset()


def test_loops_in_many_loops_are_gone_through_in_time() -> None:
    lines = ["x = now()"]
    for depth in range(40):
        lines += [
            "    " * depth + line for line in (f"for n{depth} in param:", "    c = b", "    b = a", "    a = x + c")
        ]
        lines.append("    " * (depth + 1) + f"x = str(n{depth})")
    assert Use.ARGUMENT in uses_of("\n".join([*lines, "await op(c)"]))


def test_what_is_shuffled_carries_the_shuffle() -> None:
    assert Use.ARGUMENT in uses_of("x = [1, 2]\nshuffle(x)\nawait op(x)", "shuffle")
    assert uses_of("shuffle(param.items)", "shuffle") == {Use.OTHER}


@pytest.mark.parametrize(
    ("body", "uses"),
    [
        ("seed(1)\nawait op(draw())", set()),
        ("seed(param)\nif param:\n    log(1)\nawait op(draw())", set()),
        ("seed(1)\nawait op(1)\nawait op(draw())", {Use.SWAY}),
        ("seed(1)\nasync for x in param:\n    await op(draw())", {Use.SWAY}),
        ("seed(1)\nfor x in param:\n    await op(draw())", {Use.SWAY}),
        ("if param:\n    seed(1)\nawait op(draw())", {Use.SWAY}),
        ("seed(1)\nseed()\nawait op(draw())", {Use.ARGUMENT}),
        ("seed(None)\nawait op(draw())", {Use.ARGUMENT}),
        ("await op(draw())\nseed(1)", {Use.ARGUMENT}),
    ],
)
def test_a_seed_settles_what_is_drawn_until_others_run(body: str, uses: set[Use]) -> None:
    assert uses_of(body, "draw") == uses


def test_what_is_drawn_after_a_seed_depends_on_the_seed() -> None:
    assert Use.ARGUMENT in uses_of("seed(now())\nawait op(draw())")


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ({"kind": "run"}, {"kind": "wait"}, True),
        ({"kind": "run"}, {"kind": "run"}, False),
        ({"kind": "wait", "key": "a"}, {"kind": "wait"}, False),
        ({"input": {"a": 1, "b": 1}}, {"input": {"b": 2}}, True),
        ({"input": {"a": 1}}, {"input": {"b": 2}}, False),
        ({"input": {"a": 1}}, {"input": None}, False),
        ({"input": 1}, {"input": 1.0}, False),
        ({"input": 1}, {"input": 1.5}, True),
        ({"input": 1}, {"input": "2"}, False),
    ],
)
def test_operations_differ_in_what_is_known_of_both(
    one: dict[str, object], other: dict[str, object], differs: bool
) -> None:
    assert differ(one, other) is differs


def test_an_unknown_coroutine_may_run_operations_of_its_own() -> None:
    uses = uses_of("if now():\n    await unknown()\n    await op(1)\nawait other_op(1)")
    assert Use.GUARD not in uses
    assert Use.OTHER in uses


@pytest.mark.parametrize(
    "body",
    [
        "x = (now()",
        "match param:\n    case 1:\n        now()",
        "await op(now()) )",
        "x = now() +",
        "await op(x.y=now())",
        "x.y ** now() = 1",
        "await x.y = now()",
    ],
)
def test_broken_code_is_no_trouble(body: str) -> None:
    assert not uses_of(body) & {Use.GUARD}


@pytest.mark.parametrize(
    "body",
    [
        "for x in set(param):\n    await op(x)",
        "for x in {param, 1}:\n    await op(x)",
        "[await op(x) for x in {x for x in param}]",
        "x = set(param)\nx = list(x)\nawait op(x)",
        "await op([*set(param), 1])",
        "await op(set(param))",
        "await op(Model(a=set(param)))",
        "await op(','.join(set(param)))",
        "await op(f'{set(param)}')",
        "await op(next(iter(set(param))))",
        "s = set(param)\nwhile s:\n    await op(s.pop())",
        "s = set()\nfor x in param:\n    s.add(x)\nfor x in s:\n    await op(x)",
        "for x in set(param) | param:\n    await op(x)",
        "for x in set(param) - {1}:\n    await op(x)",
        "for x in set(param) & {1, 2}:\n    await op(x)",
        "for x in set(param):\n    for y in set(param):\n        if x == y:\n            await op(x)",
        "for x in set(param):\n    if x != 'eu':\n        await op(x)",
        "t = [[x] for x in set(param)]\nawait op(t[param])",
        "for x in set(param).union(param):\n    await op(x)",
        "s = set()\ns |= param\nfor x in s:\n    await op(x)",
        "for i, x in enumerate(set(param)):\n    await op(x)",
        "for x, y in zip(param, set(param)):\n    await op(y)",
        "x, y = set(param)\nawait op(x)",
        "[x, *y] = set(param)\nawait op(y)",
        "for x in list(set(param))[:2]:\n    await op(x)",
        "[await op(x) for x in list(set(param))[:2]]",
        "t = ''\nfor x in set(param):\n    t += x + ','\nawait op(t)",
        "t = []\nfor x in set(param):\n    t += [x]\nawait op(t)",
        "t = []\nfor x in set(param):\n    t.append(unknown(x))\nawait op(t)",
        "t = []\nt.extend(set(param))\nawait op(t)",
        "t = []\nt += set(param)\nawait op(t)",
        "for x in set(param):\n    await wait(x)",
    ],
)
def test_the_order_of_a_set_reaches_an_operation(body: str) -> None:
    assert Use.ARGUMENT in uses_of_orders(body)


@pytest.mark.parametrize(
    "body",
    [
        "for x in sorted(set(param)):\n    await op(x)",
        "for x in sorted(list(set(param))):\n    await op(x)",
        "x = list(set(param))\nx.sort()\nawait op(x)",
        "x = [*set(param)]\nx = sorted(x)\nawait op(x)",
        "await op(sum(set(param)))",
        "await op(len(set(param)))",
        "await op(param in list(set(param)))",
        "x = list(set(param))\nif x:\n    await op(1)\nelse:\n    await other_op(1)",
        "for x in {param}:\n    await op(x)",
        "for x in set([param]):\n    await op(x)",
        "(x,) = set(param)\nawait op(x)",
        "s = set()\nfor x in s:\n    await op(x)",
        "for i, x in enumerate(set(param)):\n    await op(i)",
        "for x, y in zip(param, set(param)):\n    await op(x)",
        "for x in set(param):\n    await op(1)",
        "t = 0\nfor x in set(param):\n    t += x.size['a']\nawait op(t)",
        "t = 0\nfor x in set(param):\n    t += (x + 1)\nawait op(t)",
        "t = {}\nfor x in set(param):\n    t[x] = x\nawait op(t['a'])",
        "t = set()\nfor x in set(param):\n    t.add(x)\nawait op(sorted(t))",
        "t = 0\nfor x in set(param):\n    if x > t:\n        t = x\nawait op(t)",
        "t = 0\nfor x in set(param):\n    if (len(x), x) > (len(t), t):\n        t = x\nawait op(t)",
        "for x in set(param):\n    if x == 'eu':\n        await op(x)",
        "for x in set(param) & {1}:\n    await op(x)",
        "t = {}\nfor x in set(param):\n    t[x.a].append(x)\nawait op(sorted(t[1]))",
        "t = {}\nfor x in set(param):\n    t.setdefault(x.a, []).append(x)\nawait op(sorted(t[param]))",
        "x = next((x for x in set(param) if x.fits), None)\nawait op(x)",
        "for x in set(param):\n    if x == 1:\n        break\nelse:\n    await op(1)\nawait other_op(1)",
        "await wait([x for x in set(param)])",
        "unknown(list(set(param)))\nawait op(1)",
        "log(set(param))\nawait op(1)",
        "return list(set(param))",
    ],
)
def test_the_order_of_a_set_does_not_matter(body: str) -> None:
    assert not uses_of_orders(body) & {Use.ARGUMENT, Use.GUARD}


def test_what_a_method_of_a_set_gives_may_be_called() -> None:
    assert uses_of_orders("s = set(param)\ns.union(*param)(param)\ns.pop()[0](param)") == frozenset()


def test_how_often_a_loop_over_a_set_runs_does_not_depend_on_its_items() -> None:
    assert uses_of("for x in {now()}:\n    await op(1)") == frozenset()


def test_the_order_of_a_set_decides_which_operation_comes_next() -> None:
    body = "for x in set(param):\n    if x == 1:\n        await op(1)\n    else:\n        await other_op(1)"
    assert Use.GUARD in uses_of_orders(body)


def test_another_argument_of_zip_only_decides_how_often_a_loop_runs() -> None:
    uses = uses_of("for x, y in zip(list(now()), param):\n    await op(y)")
    assert Use.SWAY in uses
    assert Use.ARGUMENT not in uses
