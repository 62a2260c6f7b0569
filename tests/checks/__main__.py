"""All checks of the repository; exits with 1 when one finds something."""

import sys

from tests.checks import catalogues, migrations, modules

found = [*catalogues.problems(), *migrations.problems(), *modules.problems()]
print("\n".join(found) or "Catalogues complete, migrations in step, modules of readable length.")
sys.exit(1 if found else 0)
