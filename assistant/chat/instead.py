"""Something else than the last turn spoke of: 「助成金のほうは、財源は」, or 「川だったら？」 after 「公園でなしに道路を掃除するなら」."""

from __future__ import annotations

from assistant.chat.history import Past
from assistant.chat.parallels import project_like, wards_in
from assistant.chat.phrases import ABOUT, is_attribute, pattern
from assistant.chat.talk import Talk


def put_instead(last: Past, new: str) -> str | None:
    """The last question with `new` for what was said in contrast to something else, or for what its deed is done to."""
    if is_attribute(new):
        return None
    contrast = pattern("in_contrast").search(last.standalone)
    if contrast:
        return last.standalone[: contrast.start()] + new + last.standalone[contrast.end() :]
    deed = pattern("done_to").search(last.topic)
    return last.standalone.replace(deed["now"], new, 1) if deed else None


def other_side(talk: Talk) -> str | None:
    """「助成金のほうは、財源は」: something else, in the ward spoken of, and what is asked of it."""
    said = pattern("other_side").match(pattern("same").sub("", talk.text))
    if not said or is_attribute(said["other"]) or (said["about"] and wards_in(talk.searcher, said["other"])):
        return None
    other, asked = said["other"], said["asked"]
    if not said["about"]:
        return (project_like(talk.searcher, other, talk.last) or other) + "の" + asked
    return "".join(f"{ward.name}の" for ward in wards_in(talk.searcher, talk.topic)[:1]) + other + ABOUT + asked
