"""How much of what a reader finds a draft proposes, and how much of what it proposes is right.

    python -m benchmarks.drafting [--held] [--rounds] [--sure] [--all-rules] [--misses]
                                  [--markdown FILE] [LABELS ...]

A claim is (passage, action, stance) or (passage, fact, value). The labels in
benchmarks/data/drafting were written before the rules. Each vendor is scored without the cues that
were learned from its own texts (`from:` in the rules); `--all-rules` keeps them. Texts of vendors
are not in the repository: TERMSGATE_SHARED names the folder that holds `terms`; without it they
are left out, and the end says which. `--rounds` scores the vendors of the rounds: each was labelled
and scored before the rules were mended with it, the last one is not tuned on.
"""

from __future__ import annotations

import argparse
import os
import re
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from termsgate.reading.drafting.document import draft
from termsgate.reading.plain import normalised
from termsgate.reading.yamltree import plain, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termsgate.reading.drafting.proposals import Proposal

HERE: Final = Path(__file__).resolve().parent / "data" / "drafting"
TOPICS: Final = ("ai", "licence", "telemetry", "change-notice", "deletion")
"""The topics on which a target is set: recall of 0.9 with precision of 0.6."""

ROUNDS: Final = (
    ("1", ("openai", "bluesky", "perplexity")),
    ("2", ("anthropic", "pinterest", "evernote")),
    ("3", ("xai", "deepseek", "blablacar")),
    ("4", ("quora", "reddit", "github")),
    ("5", ("vimeo", "mozilla", "bereal", "cityscoot")),
    ("6", ("upscrolled", "truthsocial", "canalplus", "meta")),
    ("7", ("amazonphotos", "moltbook", "parler")),
    ("8", ("mistral", "mistral-terms", "twitch", "backmarket")),
    ("9", ("codeium", "speechify", "spotify", "fireworks", "trello", "boulanger")),
    ("10", ("midjourney", "lovable", "500px", "linkedin", "replit", "boursobank")),
    (
        "11",
        ("snapchat", "stability", "signal", "jasper", "wordtune", "tandem", "canda", "airfrance"),
    ),
    ("12", ("airbnb", "sana", "whatsapp", "liquid", "stackblitz", "bershka")),
    ("13", ("openrouter", "scribe", "copyai", "askfm", "camaieu", "pirr")),
    (
        "14",
        (
            "together",
            "soundraw",
            "intric",
            "incredible",
            "tempo",
            "civitai",
            "sambanova",
            "caroll",
        ),
    ),
    ("15", ("line", "greetings", "rephrase", "fal", "airon", "berget", "bizzbee")),
    ("last", ("murf", "kimi", "asus", "alphavantage", "adroll", "acuityads", "devred")),
)
"""The vendors in the order in which they were read; of each only the five topics are labelled."""
BANDS: Final = ((0, 65), (65, 75), (75, 85), (85, 101))
"""How sure a draft says it is, in percent: the rows of the table of `--sure`."""

_AI: Final = frozenset({"train-ai", "improve-ai", "ai-feature"})
_SERVICE_DATA: Final = frozenset({"telemetry", "usage-data", "diagnostics", "service-data"})
_PREFIXES: Final = {
    "licence": ("licence.", "content-ownership", "output-ownership", "instructions-only"),
    "telemetry": ("service-data-",),
    "change-notice": ("change-", "policy-change-", "exit-on-change"),
    "deletion": ("retention", "deletion-", "retrieval-", "backup-", "self-service", "biometric-"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What a reader finds in one place of one text."""

    start: int
    end: int
    topics: frozenset[str]
    wanted: dict[str, Any]
    allowed: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a draft proposes of one place: a name, and a stance or a value."""

    start: int
    end: int
    name: str
    said: Any
    topic: str
    rule: str
    sure: int
    words: str


@dataclass(slots=True, kw_only=True)
class Score:
    """Claims wanted, found, proposed and right."""

    wanted: int = 0
    found: int = 0
    proposed: int = 0
    right: int = 0

    def add(self, other: Score) -> None:
        """Count another score in."""
        self.wanted += other.wanted
        self.found += other.found
        self.proposed += other.proposed
        self.right += other.right

    def row(self, name: str) -> str:
        """A row of the table."""
        recall = f"{self.found / self.wanted:.2f}" if self.wanted else "-"
        precision = f"{self.right / self.proposed:.2f}" if self.proposed else "-"
        return (
            f"| {name} | {self.found} of {self.wanted} | {recall} "
            f"| {self.right} of {self.proposed} | {precision} |"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    asked = _asked(arguments)
    groups = [("zoom", [HERE / "zoom.yaml"]), ("jitsi", [HERE / "jitsi.yaml"])]
    groups.append(("our own, tried while writing", sorted((HERE / "own").glob("*.yaml"))))
    if asked.held:
        groups.append(("our own, held back", sorted((HERE / "held").glob("*.yaml"))))
    if asked.rounds:
        groups += [(f"round {name}", _labels_of(stems)) for name, stems in ROUNDS]
    if asked.gold:
        groups = [("given", asked.gold)]
    lines = []
    for name, files in groups:
        lines += _table(name, files, asked)
    if asked.sure:
        lines += _as_sure_as_said(file for _, files in groups for file in files)
    lines += _left_out(file for _, files in groups for file in files)
    text = "\n".join(lines)
    print(text)
    if asked.markdown:
        asked.markdown.write_text(text + "\n", encoding="utf-8")


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="score the texts held back, too")
    parser.add_argument(
        "--rounds", action="store_true", help="score the vendors of the rounds, too"
    )
    parser.add_argument(
        "--sure", action="store_true", help="how often what was said so surely is right"
    )
    parser.add_argument("--all-rules", action="store_true", help="leave no cue out")
    parser.add_argument("--misses", action="store_true", help="say what was missed or wrong")
    parser.add_argument("--markdown", type=Path, help="write the tables to a file")
    parser.add_argument("gold", type=Path, nargs="*", help="label files of your own")
    return parser.parse_args(arguments)


def scored(
    files: Iterable[Path], *, all_rules: bool = False, say: bool = False
) -> dict[str, Score]:
    """The score of each topic, of `the five` and of `all`, over the label files."""
    scores = {topic: Score() for topic in (*TOPICS, "the five", "all")}
    for file in files:
        for text, passages, claims in _texts(file, all_rules=all_rules):
            for topic, score in _scored(passages, claims, text, say=say).items():
                scores[topic].add(score)
    for topic in TOPICS:
        scores["the five"].add(scores[topic])
    return scores


def _labels_of(stems: Iterable[str]) -> list[Path]:
    return [HERE / "unseen" / f"{stem}.yaml" for stem in stems]


def _as_sure_as_said(files: Iterable[Path]) -> list[str]:
    """How often a claim is right, by how sure the draft says it is."""
    told = [
        (claim.sure, right)
        for file in files
        for _, passages, claims in _texts(file, all_rules=False)
        for claim in claims
        for right in [_right(claim, passages)]
        if right is not None
    ]
    lines = ["", "| a draft says | of such claims are right | share |", "|---|---|---|"]
    for low, high in BANDS:
        band = [right for sure, right in told if low <= sure < high]
        if band:
            share = f"{sum(band) / len(band):.2f}"
            lines.append(f"| {low}-{high - 1} | {sum(band)} of {len(band)} | {share} |")
    return lines


def _right(claim: Claim, passages: list[Passage]) -> bool | None:
    """Whether a claim is right; `None` where it is neither asked for nor held against it."""
    here = [each for each in passages if each.start < claim.end and claim.start < each.end]
    if any(_agrees(each.wanted.get(claim.name), claim.said) for each in here):
        return True
    return None if any(claim.name in each.allowed for each in here) else False


def _left_out(files: Iterable[Path]) -> list[str]:
    """A line for each text that is not at hand."""
    names = [
        each["file"]
        for file in files
        for each in _labels(file)["texts"]
        if _found(file, each["file"]) is None
    ]
    if not names:
        return []
    return ["", "Left out, not at hand (TERMSGATE_SHARED): " + ", ".join(dict.fromkeys(names))]


def _table(name: str, files: Iterable[Path], asked: argparse.Namespace) -> list[str]:
    scores = scored(files, all_rules=asked.all_rules, say=asked.misses)
    if not scores["all"].wanted:
        return []
    head = ["", f"**{name}**", "", "| topic | found | recall | right | precision |"]
    return [*head, "|---|---|---|---|---|", *(each.row(topic) for topic, each in scores.items())]


def _texts(file: Path, *, all_rules: bool) -> Iterator[tuple[str, list[Passage], list[Claim]]]:
    gold = _labels(file)
    for each in gold["texts"]:
        path = _found(file, each["file"])
        if path is None:
            continue
        text = path.read_text(encoding="utf-8")
        made = draft(
            text,
            gold["vendor"],
            page=path.suffix == ".html",
            without="" if all_rules else gold["vendor"],
        )
        whole, origins = normalised(text)
        passages = [
            _passage(one, text, origins) for one in gold["passages"] if each["as"] in one["in"]
        ]
        claims = [
            claim
            for proposal in made.proposals
            for claim in _claims(proposal, whole, text, origins)
            if gold.get("topics") != "five" or _of_five(claim, passages)
        ]
        yield each["file"], passages, claims


def _labels(file: Path) -> Any:  # noqa: ANN401 - what a label file holds
    tree, problems = read(file.read_bytes(), file.name)
    if tree is None:
        raise SystemExit("\n".join(map(str, problems)))
    return plain(tree)


def _of_five(claim: Claim, passages: list[Passage]) -> bool:
    """Whether a claim is of a topic that was labelled, where only the five were."""
    return claim.topic in TOPICS or _right(claim, passages) is True


def _found(file: Path, name: str) -> Path | None:
    shared = os.environ.get("TERMSGATE_SHARED", "")
    places = [file.parent / name, *([Path(shared) / "terms" / name] if shared else [])]
    return next((place for place in places if place.is_file()), None)


def _passage(said: dict[str, Any], text: str, origins: list[int]) -> Passage:
    at = text.index(said["at"])
    return Passage(
        start=bisect_left(origins, at),
        end=bisect_left(origins, at + len(said["at"])),
        topics=frozenset({said["topic"], *said.get("also", ())}),
        wanted={**said.get("uses", {}), **said.get("facts", {})},
        allowed=frozenset(said.get("may", ())),
        words=said["at"],
    )


def _claims(proposal: Proposal, whole: str, text: str, origins: list[int]) -> Iterator[Claim]:
    words = normalised(proposal.sentence.words)[0].strip()
    places = [each.start() for each in re.finditer(re.escape(words), whole)]
    line = proposal.sentence.line
    later = [at for at in places if text.count("\n", 0, origins[at]) + 1 >= line]
    start = (later or places or [0])[0]
    told = [
        *((use.action, list(use.stance), use.rule, use.confidence) for use in proposal.uses),
        *((fact.fact, fact.value, fact.rule, fact.confidence) for fact in proposal.facts),
    ]
    for name, said, rule, sure in told:
        yield Claim(
            start=start,
            end=start + len(words),
            name=name,
            said=said,
            topic=_topic(proposal, name),
            rule=rule,
            sure=sure,
            words=words,
        )


def _topic(proposal: Proposal, name: str) -> str:
    """The topic a claim is of, by what it names."""
    stated = [topic for topic, starts in _PREFIXES.items() if name.startswith(starts)]
    if stated:
        return stated[0]
    if name in {use.action for use in proposal.uses}:
        if name in _AI:
            return "ai"
        if set(proposal.scope.data) & _SERVICE_DATA:
            return "telemetry"
        if name in {"store", "delete"}:
            return "deletion"
        return "licence" if any(f.fact == "licence.granted" for f in proposal.facts) else ""
    return ""


def _scored(
    passages: list[Passage], claims: list[Claim], text: str, *, say: bool
) -> dict[str, Score]:
    scores = {topic: Score() for topic in (*TOPICS, "all")}
    met: set[tuple[int, str]] = set()
    for claim in claims:
        _judge(claim, passages, met, scores, say=say, text=text)
    for passage in passages:
        for name in passage.wanted:
            found = (passage.start, name) in met
            for topic in _wanted_topics(passage, name):
                scores[topic].wanted += 1
                scores[topic].found += found
            if say and not found:
                print(f"MISSED {text}: {name}: {passage.wanted[name]} | {passage.words}")
    return scores


def _wanted_topics(passage: Passage, name: str) -> set[str]:
    """The topics a wanted claim counts for; in a passage of two, AI has the training only."""
    topics = {topic for topic in passage.topics if topic in TOPICS}
    if "ai" in topics and len(topics) > 1:
        topics = {"ai"} if name in _AI else topics - {"ai"}
    return {*topics, "all"}


def _judge(
    claim: Claim,
    passages: list[Passage],
    met: set[tuple[int, str]],
    scores: dict[str, Score],
    *,
    say: bool,
    text: str,
) -> None:
    """Count one claim: right, wrong, or neither asked for nor held against it."""
    here = [each for each in passages if each.start < claim.end and claim.start < each.end]
    right = [each for each in here if _agrees(each.wanted.get(claim.name), claim.said)]
    if not right and any(claim.name in each.allowed for each in here):
        return
    topics = {claim.topic} if claim.topic in TOPICS else set()
    for each in right:
        met.add((each.start, claim.name))
        topics = _wanted_topics(each, claim.name) - {"all"}
    for topic in {*topics, "all"}:
        scores[topic].proposed += 1
        scores[topic].right += bool(right)
    if say and not right:
        print(f"WRONG {text}: {claim.name}: {claim.said} [{claim.rule}] | {claim.words[:110]}")


def _agrees(wanted: Any, said: Any) -> bool:  # noqa: ANN401 - what a label file holds
    if wanted is None:
        return False
    wishes = wanted if isinstance(wanted, list) else [wanted]
    if said == wanted:
        return True
    if isinstance(said, list):
        return bool(said) and all(each in wishes for each in said)
    return any(_same(wish, said) for wish in wishes)


def _same(wish: Any, said: Any) -> bool:  # noqa: ANN401
    return _in_days(str(wish)) == _in_days(str(said))


def _in_days(written: str) -> str:
    """Two weeks are fourteen days; a singular is its plural."""
    weeks = re.fullmatch(r"(\d+) weeks?", written)
    return f"{int(weeks[1]) * 7} day" if weeks else written.removesuffix("s")


if __name__ == "__main__":
    main()
