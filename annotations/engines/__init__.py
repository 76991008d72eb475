"""Who may read an article: our own engine, or another one behind the same interface.

Sentences and their places always come from our own segmentation; another engine judges them. What
it says is checked before anybody sees it, and one that fails says why, so that ours can step in.
"""

from annotations.engines.base import Alive, Engine, EngineFailed, Failure, Material, Usage
from annotations.engines.chat.endpoint import Endpoint
from annotations.engines.chat.engine import ChatEngine
from annotations.engines.own import OwnEngine

__all__ = [
    "Alive",
    "ChatEngine",
    "Endpoint",
    "Engine",
    "EngineFailed",
    "Failure",
    "Material",
    "OwnEngine",
    "Usage",
]
