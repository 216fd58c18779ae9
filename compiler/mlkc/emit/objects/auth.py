"""What MLflow's own users add to the server's pod."""

from __future__ import annotations

from mlkc.emit.objects.common import Tree, variable
from mlkc.emit.scope import Scope
from mlkc.plan.server import AuthPlan


def environment(scope: Scope, auth: AuthPlan) -> list[Tree]:
    """What the programs of the image make the app's configuration from, in both containers."""
    return [
        variable("AUTH_ADMIN", scope.at("server", "auth", "admin", value=auth.admin)),
        variable("AUTH_PERMISSION", scope.at("server", "auth", "permission", value=auth.permission)),
    ]


def secrets(scope: Scope, auth: AuthPlan) -> list[Tree]:
    """The password of the first user, and what signs the UI's forms."""
    return [
        scope.at("server", "auth", "password", value=variable(auth.password.key, auth.password)),
        scope.at("server", "auth", "key", value=variable(auth.key.key, auth.key)),
    ]
