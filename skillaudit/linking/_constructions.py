"""In which calls of a constructor an object was made."""

from collections.abc import Iterator

import msgspec

from skillaudit.linking.answers import Answers
from skillaudit.linking.calls import CONSTRUCTORS
from skillaudit.linking.lineage import Lineage
from skillaudit.linking.program import At, Cls, Fn, Program
from skillaudit.linking.scene import Scene


class Constructions(msgspec.Struct, frozen=True):
    """Scenes with a constructor's call chosen."""

    program: Program
    lineage: Lineage
    answers: Answers

    def made(self, cls: Cls, site: At, scene: Scene) -> Scene:
        """The scene in which the constructor was called there."""
        constructor = self.lineage.constructor(cls)
        return scene.having(constructor, site, self.answers.line(site)) if constructor else scene

    def inside(self, fn: Fn, cls: Cls, scene: Scene) -> Iterator[Scene]:
        """A scene for each call of a constructor that makes objects of the class."""
        constructs = self.program.function(fn).name in CONSTRUCTORS and fn not in scene.choices
        sites = self.lineage.constructions(fn, cls) if constructs else []
        known = False
        for site, inherited in sites:
            if self.answers.comparable(fn, Fn(site.module, site.function)):
                known = True
                yield scene.having(fn, site, None if inherited else self.answers.line(site))
        if not known:
            yield scene
