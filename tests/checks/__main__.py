"""All checks of the repository; exits with 1 when one finds something."""

import sys

from tests.checks import catalogues, migrations, modules, plain

found = [
    *catalogues.problems(),
    *plain.problems(),
    *migrations.problems(),
    *modules.problems(),
]
print("\n".join(found) or "Catalogues complete and plain, migrations in step, modules readable.")
sys.exit(1 if found else 0)
