"""What each key of the war room leads to: the questions asked on the way, and the command at the end."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

from warroom.console.checklist import How
from warroom.console.decisions import Row
from warroom.console.dialogs import Ask, Choice, Field, Form, Menu
from warroom.console.rows import clipped
from warroom.incident import changes, commands, entry, timing
from warroom.incident import events as e
from warroom.incident.deeds import Deed
from warroom.incident.events import Event
from warroom.incident.incident import COMMANDER, ActionItem, Assignment, Incident, Member, Mitigation
from warroom.incident.playbook import Phase, Playbook
from warroom.incident.text import printable_lines
from warroom.incident.wording import wording

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


# ── checklist and phases ───────────────────────────────────────────────────────────────────────


def choose_item(room: "WarRoom", item: str, how: How) -> None:
    """Tick an item, or lead to the thing that it names; what is done is opened again."""
    incident = room.now_so
    if how in {"read", "copy"}:
        read_place(room, item, copy=how == "copy")
        return
    if how == "skip":
        skip(room, item)
        return
    settled = item in incident.items
    if how == "open" and settled:
        return
    if settled or how == "only":
        room.do(commands.toggle, item)
        return
    output = item.rpartition(".")[2].startswith("o")
    deed = incident.deeds.get(item)
    if deed is not None and lead(room, deed):
        return
    strategy = _strategy_named(incident, item)
    if how == "open" and strategy:
        mitigate(room, strategy)
    elif output:
        text = incident.playbook.text_of(item) or item
        ask = Ask(
            f"Output: {text}", placeholder="what it is, or where it lies (may be empty)", required=False
        )
        room.ask(ask, lambda said: room.do(commands.record_output, item, said))
    else:
        room.do(commands.toggle, item)  # decided when its turn comes: a second press opens it again


def read_place(room: "WarRoom", place: str, *, copy: bool) -> None:
    """Show what stands in a phase, step or action, or copy a command of it."""
    from warroom.console.document import Detail, copy_command

    front = room.console.front
    text = printable_lines(front.excerpt(room.now_so.playbook, place))
    found = front.commands_in(text)
    if copy:
        copy_command(room, found)
    else:
        room.app.push_screen(Detail(f"{place} · {room.now_so.playbook.title}", text, found))


def _strategy_named(incident: Incident, item: str) -> str:
    text = (incident.playbook.text_of(item) or "").casefold()
    names = (strategy.name for strategy in incident.playbook.strategies)
    return next((name for name in names if text.startswith(name.casefold())), "")


def lead(room: "WarRoom", deed: Deed) -> bool:
    """Lead to where a deed is done; whether there is such a place."""
    incident = room.now_so
    places: dict[Deed, Callable[[], object]] = {
        Deed.SEVERITY: lambda: room.decide("severity"),
        Deed.USERS: lambda: assess_impact(room),
        Deed.SYSTEMS: lambda: assess_impact(room, "systems"),
        Deed.REVENUE: lambda: assess_impact(room, "revenue"),
        Deed.IMPACT: lambda: assess_impact(room),
        Deed.PAGE: lambda: page(room),
        Deed.COMMANDER: lambda: appoint(room),
        Deed.TEAM: lambda: page(room),
        Deed.MITIGATE: lambda: room.decide("mitigation"),
        Deed.UPDATE: lambda: publish_update(room),
        Deed.ROOT_CAUSE: lambda: record_finding(room, "root cause"),
        Deed.FACTOR: lambda: record_finding(room, "contributing factor"),
        Deed.LESSON: lambda: record_finding(room, "lesson"),
        Deed.POSTMORTEM: room.action_write_up,
        Deed.ACTION_ITEM: lambda: open_action_item(room),
    }
    if deed is Deed.CLOSE and not incident.closed_at:
        close(room)
    elif deed is Deed.ASSESS and incident.mitigations:
        assess(room, incident.mitigations[-1])
    elif deed in {Deed.OWNERS, Deed.DUE_DATES, Deed.COMPLETION} and incident.action_items:
        room.focus_pane("action-items")
    elif deed in places:
        places[deed]()
    else:
        return False
    return True


# ── the playbook, read again ───────────────────────────────────────────────────────────────────


def reload_playbook(room: "WarRoom") -> None:
    """Read the playbook's document again; ask which, where it is not known."""
    source = room.now_so.source
    if source:
        _read_again(room, source)
    else:
        _ask_source(room, "", [("It is not known which document this incident's playbook came from.", "dim")])


def _ask_source(room: "WarRoom", source: str, body: list[tuple[str, str]]) -> None:
    ask = Ask(
        "Reload the playbook from",
        value=source,
        placeholder="the name of a playbook, or a file",
        body=[*body, ("", "")],
        hint="enter reads it, and says what changed · esc leaves",
    )
    room.ask(ask, lambda typed: _read_again(room, typed.strip()))


def _read_again(room: "WarRoom", source: str) -> None:
    front = room.console.front

    def failed(error: BaseException) -> None:
        _ask_source(room, source, [(line, "warn") for line in str(error).split("\n")])

    room.console.fetch(lambda: front.playbook(source).playbook, partial(_show_changes, room, source), failed)


def _show_changes(room: "WarRoom", source: str, playbook: Playbook) -> None:
    incident = room.now_so
    found = changes.diff(incident.playbook, playbook)
    if not found:
        room.say("The playbook has not changed.")
        return
    kept = changes.kept(incident.playbook, playbook)
    lost = [item for item in incident.items if item not in kept]
    lines = list(map(str, found))
    if lost:
        lines += ["", "Settled, and not in the new version; the record keeps it:"]
        lines += [f"  {item} {incident.playbook.text_of(item) or ''}" for item in lost]
    width, height = min(room.app.size.width, 92) - 6, max(room.app.size.height // 2 - 3, 4)
    body = [(clipped(line, width), "") for line in lines[:height]]
    body += [(f"… and {len(lines) - height:,} more lines", "dim")] if len(lines) > height else []
    stay = f"{len(incident.items) - len(lost)} of {len(incident.items)} settled items stay settled"
    menu = Menu(
        f"Go on by the new version of {playbook.title}?",
        [
            Choice("reload", "Go on by the new version", "y", stay if incident.items else ""),
            Choice("read", "Read all that changed", "r"),
        ],
        body=[*body, ("", "")],
    )

    def answered(choice: str) -> None:
        if choice == "reload":
            room.do(commands.reload_playbook, playbook, room.console.front.source(source))
            return
        from warroom.console.document import Detail

        page = Detail(f"What changed in {playbook.title}", "\n".join(f"    {line}" for line in lines))
        room.app.push_screen(page, lambda _: _show_changes(room, source, playbook))

    room.ask(menu, answered)


def skip(room: "WarRoom", item: str) -> None:
    """Ask why an item is left out."""
    if item in room.now_so.items:
        room.say("This is settled already; space opens it again.")
        return
    text = room.now_so.playbook.text_of(item) or item
    ask = Ask(f"Skip: {text}", placeholder="why? it goes into the record")
    room.ask(ask, lambda reason: room.do(commands.skip, item, reason))


def next_phase(room: "WarRoom") -> None:
    """Show the gate to the next phase: what is open, what is confirmed by going on."""
    incident = room.now_so
    target = incident.playbook.phase(incident.phase.number + 1)
    if target is None:
        finish(room)
        return
    still = commands.still_open(incident, target)
    body = _gate(incident, target, still)
    blocked = f"{len(still)} mandatory still open" if still else ""
    criteria = "the criteria above hold" if incident.phase.exit or target.entry else "all is done"
    menu = Menu(
        f"Leave {incident.phase.name} for {target.name}?",
        [
            Choice("confirm", f"Confirm: {criteria}", "y", why_not=blocked),
            Choice("override", "Override, with a reason", "o"),
        ],
        body=body,
    )

    def answered(choice: str) -> None:
        if choice == "confirm":
            room.do(commands.enter_phase, target.number)
            return
        ask = Ask(f"Enter {target.name} all the same", placeholder="why? it goes into the record")
        room.ask(ask, lambda reason: room.do(commands.enter_phase, target.number, reason))

    room.ask(menu, answered)


def _gate(incident: Incident, target: Phase, still: tuple[str, ...]) -> list[tuple[str, str]]:
    body: list[tuple[str, str]] = []
    here = incident.phase
    entry_too = target.entry if target.entry != here.exit else ""
    for label, item, text in (("exit", here.exit_id, here.exit), ("entry", target.entry_id, entry_too)):
        if text:
            box = "☑" if incident.done(item) else "☐"
            body.append((f"{box} {label}: {text}", "strong"))
    if still:
        body += [("", ""), ("Still open:", "warn")]
        body += [(f"☐ {item} {incident.playbook.text_of(item) or ''}", "") for item in still[:12]]
        body += [(f"… and {len(still) - 12} more", "dim")] if len(still) > 12 else []
    return [*body, ("", "")]


def finish(room: "WarRoom") -> None:
    """The last phase has no next one: its exit criterion is what remains."""
    phase = room.now_so.phase
    if not phase.exit or room.now_so.done(phase.exit_id):
        room.say(f"{phase.name} is the last phase.")
        return
    still = room.now_so.open_actions(phase)
    menu = Menu(
        f"{phase.name} is the last phase",
        [Choice("confirm", f"Confirm: {phase.exit}", "y")],
        body=[(f"☐ {item} {room.now_so.playbook.text_of(item) or ''}", "") for item in still[:12]],
    )
    room.ask(menu, lambda _: room.do(commands.tick, phase.exit_id))


def close(room: "WarRoom") -> None:
    """Ask how the incident ended, and close it."""
    incident = room.now_so
    reasons: tuple[e.Closure, ...] = get_args(e.Closure)
    menu = Menu(
        f"Close {incident.number}: {incident.title}",
        [Choice(reason, reason.capitalize(), reason[0]) for reason in reasons],
        body=[("The timer stops. The post-mortem and action items stay open to work on.", "dim"), ("", "")],
    )
    room.ask(menu, lambda reason: room.do(commands.close, cast("e.Closure", reason)))


def stamp(room: "WarRoom") -> None:
    """Ask which milestone, then when it was."""
    known = timing.milestones(room.now_so)
    choices = [
        Choice(name, name, note=f"{known[name]:%Y-%m-%d %H:%M} UTC" if name in known else "not recorded")
        for name in timing.MILESTONES
    ]

    def when(name: str) -> None:
        ask = Ask(
            f"When was it {name}?", placeholder="14:05 · -12m · yesterday 23:50 · 2026-02-02T14:05Z · now"
        )
        room.ask(ask, partial(stamped, name))

    def stamped(name: str, typed: str) -> None:
        at = room.desk.now() if typed.strip().casefold() == "now" else entry.moment(typed, room.desk.now())
        if at is None:
            room.say(f"{typed!r} is no time such as 14:05 or -12m.", bad=True)
            return
        room.do_at(at, commands.stamp, name)

    room.ask(Menu("Stamp a milestone", choices), when)


# ── the log ────────────────────────────────────────────────────────────────────────────────────


def with_entry(room: "WarRoom", event: Event, what: str) -> None:
    """Show, edit, strike, pin, promote or copy a log entry."""
    incident = room.now_so
    text = wording(event, incident).text
    if what == "strike":
        room.do(commands.toggle_struck, event.id)
    elif what == "pin":
        room.do(commands.toggle_pinned, event.id)
    elif what == "copy":
        room.app.copy_to_clipboard(f"{event.occurred_at:%Y-%m-%d %H:%M} UTC {text}")
        room.say("Copied.")
    elif what == "promote":
        open_action_item(room, text, event.id)
    elif what == "edit" and isinstance(event.fact, e.Noted | e.FindingRecorded):
        ask = Ask("Edit this entry", value=incident.latest(event.id, event.fact.text))
        room.ask(ask, lambda said: room.do(commands.edit, event.id, said))
    elif what == "edit":
        room.say("A metric cannot be edited; strike it and enter it again.")
    else:
        show_entry(room, event)


def show_entry(room: "WarRoom", event: Event) -> None:
    """Show a whole entry with who, when and its earlier versions."""
    incident = room.now_so
    body = [(wording(event, incident).text, ""), ("", "")]
    body.append((f"happened  {event.occurred_at:%Y-%m-%d %H:%M:%S} UTC", "dim"))
    body.append((f"entered   {event.recorded_at:%Y-%m-%d %H:%M:%S} UTC by {event.by}", "dim"))
    amendment = incident.amended.get(event.id)
    if amendment and amendment.versions and isinstance(event.fact, e.Noted | e.FindingRecorded):
        body += [("", ""), ("Earlier versions", "strong")]
        body += [(text, "dim") for text in (event.fact.text, *amendment.versions[:-1])]
    if amendment and amendment.struck:
        body += [("", ""), (f"Struck: {amendment.struck}", "warn")]
    entries = isinstance(event.fact, e.Noted | e.FindingRecorded | e.MetricObserved)
    no_entry = "" if entries else "a record of what was done; undo it instead"
    choices = [
        Choice("edit", "Edit", "E", why_not=no_entry),
        Choice(
            "strike",
            "Let it stand again" if incident.is_struck(event.id) else "Strike",
            "x",
            why_not=no_entry,
        ),
        Choice("pin", "Unpin" if incident.is_pinned(event.id) else "Pin as a key event", "p"),
        Choice("promote", "Make an action item of it", "A"),
        Choice("copy", "Copy", "y"),
    ]
    room.ask(Menu("Log entry", choices, body=[*body, ("", "")]), lambda what: with_entry(room, event, what))


def log_pasted(room: "WarRoom", lines: list[str]) -> None:
    """Ask once whether pasted lines are to be logged, one entry each."""
    count = len(lines)
    body = [(line[:200] + ("…" if len(line) > 200 else ""), "dim") for line in lines[:8]]
    if count > 8:
        body.append((f"… and {count - 8:,} more", "dim"))
    what = f"Log {count:,} entries" if count > 1 else f"Log one entry of {len(lines[0]):,} characters"
    menu = Menu(
        f"Pasted: {count:,} line{'s' if count > 1 else ''}",
        [Choice("log", what, "y")],
        body=[*body, ("", "")],
    )
    room.ask(menu, lambda _: room.log_all(lines))


def record_finding(room: "WarRoom", kind: e.FindingKind) -> None:
    """Ask for a root cause, contributing factor or lesson."""
    room.ask(Ask(kind.capitalize()), lambda said: room.do(commands.record_finding, kind, said))


def publish_update(room: "WarRoom") -> None:
    """Ask for the audience and the words of a status update."""
    audiences: tuple[e.Audience, ...] = get_args(e.Audience)
    notes = {"internal": "the responders", "executive": "management", "external": "customers"}

    def words(audience: str) -> None:
        ask = Ask(
            f"Status update, {audience}",
            placeholder="what we know, what we do, when the next update comes",
            hint="enter logs it as published · esc leaves",
        )
        room.ask(ask, lambda said: room.do(commands.publish_update, cast("e.Audience", audience), said))

    choices = [Choice(a, a.capitalize(), key, notes[a]) for a, key in zip(audiences, "iex", strict=True)]
    room.ask(Menu("Status update: for whom?", choices), words)


# ── decisions and mitigation ───────────────────────────────────────────────────────────────────


def choose_row(room: "WarRoom", row: Row) -> None:
    """Do what a row of the decision tables stands for."""
    incident = room.now_so
    if row.tab == "severity":
        room.do(commands.set_severity, row.choice, row.condition)
    elif row.tab == "mitigation":
        mitigation = incident.mitigation(row.subject)
        if mitigation:
            assess(room, mitigation)
        else:
            mitigate(room, row.choice, row.condition)
    elif row.tab == "escalate" and row.subject:
        room.do(commands.acknowledge_escalation, row.subject)
    elif row.tab == "escalate":
        escalate(room, row.choice, row.condition, row.more)
    elif row.tab == "fallback":
        room.do(commands.invoke_fallback, row.condition)
    else:
        room.do(commands.take_decision, row.subject, row.condition, row.choice)


def mitigate(room: "WarRoom", strategy: str, condition: str = "") -> None:
    """Ask what exactly is done, and start the mitigation."""
    known = room.now_so.playbook.strategy(strategy)
    body = [(f"When to use it: {known.when}", "dim")] if known and known.when else []
    ask = Ask(
        f"Mitigation: {strategy}",
        placeholder="what exactly? connection pool 100 → 200 (may be empty)",
        required=False,
        body=body,
        hint="enter starts it · esc leaves",
    )
    room.ask(ask, lambda note: room.do(commands.start_mitigation, strategy, condition, note))


_OUTCOMES: dict[e.Outcome, tuple[str, str, str]] = {
    "effective": ("e", "impact is gone or reduced to what is acceptable", "good"),
    "partial": ("p", "better, but the incident still counts as unmitigated", "warn"),
    "ineffective": ("i", "no change", ""),
    "regressed": ("r", "worse than before", "bad"),
}


def assess(room: "WarRoom", mitigation: Mitigation) -> None:
    """Ask what a mitigation did; when it made things worse, offer the fallback for that."""
    since = timing.clock(room.desk.now() - mitigation.started_at)
    choices = [
        Choice(name, name.capitalize(), key, note, tone=tone) for name, (key, note, tone) in _OUTCOMES.items()
    ]

    def assessed(outcome: str) -> None:
        if outcome == "regressed":
            room.do_then(partial(_after_regression, room), commands.assess, outcome, mitigation.id)
        else:
            room.do(commands.assess, outcome, mitigation.id)

    about = f"{mitigation.strategy}{f': {mitigation.note}' if mitigation.note else ''}"
    room.ask(
        Menu(f"What did it do? {about}", choices, body=[(f"started {since} ago", "dim"), ("", "")]), assessed
    )


def _after_regression(room: "WarRoom") -> None:
    fallbacks = room.now_so.playbook.fallbacks
    found = next((f for f in fallbacks if "regress" in f.condition.casefold()), None)
    if found is None:
        return
    menu = Menu(
        found.condition,
        [Choice("invoke", found.action, "y", "invoke the fallback procedure")],
        body=[("The playbook has a fallback for this.", "dim"), ("", "")],
    )
    room.ask(menu, lambda _: room.do(commands.invoke_fallback, found.condition))


def escalate(room: "WarRoom", to: str, trigger: str, more: str = "") -> None:
    """Name whom it goes to and what the playbook says besides, and ask for an explicit key."""
    said = [(more, "strong")] if more else []
    menu = Menu(
        f"Escalate to {to}?",
        [Choice("raise", f"Raised: {to} was called", "y", trigger)],
        body=[*said, ("The console records it; call them yourself.", "dim"), ("", "")],
    )
    room.ask(menu, lambda _: room.do(commands.escalate, to, trigger))


# ── impact and people ──────────────────────────────────────────────────────────────────────────


def assess_impact(room: "WarRoom", first: str = "users") -> None:
    """Ask for everything that is known of the impact."""
    impact = room.now_so.impact
    flags = {None: "", True: "yes", False: "no"}
    rate = impact.revenue_per_hour
    fields = [
        Field("users", "Users affected", "" if impact.users is None else str(impact.users), "5000"),
        Field("revenue", "Revenue lost per hour", "" if rate is None else f"{rate:g}", "2000"),
        Field("systems", "Systems down", ", ".join(impact.systems or ()), "API, Dashboard"),
        Field("customers", "Customer-facing", flags[impact.customer_facing], "yes or no"),
        Field("breach", "Data breach", flags[impact.data_breach], "yes or no"),
        Field("summary", "In a sentence", impact.summary or "", "checkout fails for every second customer"),
    ]
    room.ask(Form("Impact", fields, _wrong_figure, first), partial(_assessed, room))


def _wrong_figure(values: dict[str, str]) -> tuple[str, str] | None:
    for name in ("users", "revenue"):
        if values[name].strip() and entry.figure(values[name]) is None:
            return name, "this needs a number such as 5000 or 2k · esc leaves"
    for name in ("customers", "breach"):
        if values[name].strip() and _flag(values[name]) is None:
            return name, "this needs yes or no · esc leaves"
    return None


def _flag(typed: str) -> bool | None:
    word = typed.strip().casefold()
    return True if word in {"y", "yes"} else False if word in {"n", "no"} else None


def _assessed(room: "WarRoom", values: dict[str, str]) -> None:
    users, revenue = entry.figure(values["users"]), entry.figure(values["revenue"])
    systems = [name.strip() for name in values["systems"].split(",") if name.strip()]
    room.do(
        commands.assess_impact,
        users=None if users is None else round(users),
        revenue_per_hour=revenue,
        systems=systems if systems or room.now_so.impact.systems else None,
        customer_facing=_flag(values["customers"]),
        data_breach=_flag(values["breach"]),
        summary=values["summary"] or None,
    )


def page(room: "WarRoom") -> None:
    """Ask whom."""
    ask = Ask(
        "Page", placeholder="@oncall-engineer", hint="enter logs the page; call them yourself · esc leaves"
    )
    room.ask(ask, lambda who: room.do(commands.page, who))


def appoint(room: "WarRoom") -> None:
    """Ask who commands."""
    ask = Ask("Incident Commander", value=f"@{room.desk.by}" if room.now_so.commander is None else "")
    room.ask(ask, lambda who: room.do(commands.assign_role, who, COMMANDER))


def with_member(room: "WarRoom", subject: Member | Assignment) -> None:
    """Ask what became of a person or an assignment."""
    if isinstance(subject, Assignment):
        _with_assignment(room, subject)
        return
    who = subject.who
    choices = [
        Choice("ack", "Acknowledged the page", "a"),
        Choice("join", "Joined", "j"),
        Choice("commander", "Takes command", "c"),
        Choice("role", "Takes another role", "r"),
        Choice("page", "Page again", "p"),
        Choice("release", "Released", "x"),
    ]

    def chosen(what: str) -> None:
        if what == "ack":
            room.do(commands.acknowledge_page, who)
        elif what == "join":
            room.do(commands.join, who)
        elif what == "commander":
            room.do(commands.assign_role, who, COMMANDER)
        elif what == "role":
            roles = [Choice(role, role) for role in get_args(e.Role)]
            room.ask(
                Menu(f"{who}: which role?", roles), lambda role: room.do(commands.assign_role, who, role)
            )
        elif what == "page":
            room.do(commands.page, who)
        else:
            room.do(commands.release, who)

    room.ask(Menu(who, choices), chosen)


def _with_assignment(room: "WarRoom", assignment: Assignment) -> None:
    choices = [
        Choice("done", "Done", "d"),
        Choice("5m", "Five minutes more", "5"),
        Choice("15m", "Fifteen minutes more", "1"),
        Choice("dropped", "Dropped", "x"),
    ]

    def chosen(what: str) -> None:
        more = entry.span(what)
        room.do(commands.check_back, assignment.id, "extended" if more else what, more)

    room.ask(Menu(f"{assignment.who} {assignment.task}", choices), chosen)


# ── action items ───────────────────────────────────────────────────────────────────────────────

_HOW = "add pool monitoring @sre fri"


def open_action_item(room: "WarRoom", text: str = "", source: str = "") -> None:
    """Ask for an action item in one line: what, @owner, due."""
    ask = Ask("Action item", value=text, placeholder=_HOW, preview=partial(_preview, room))

    def typed(said: str) -> None:
        todo = _todo(room, said)
        room.do(commands.open_action_item, todo.text, todo.owner, todo.due, source)

    room.ask(ask, typed)


def change_action_item(room: "WarRoom", item: ActionItem) -> None:
    """Ask for its new wording, owner and due date, in one line."""
    value = " ".join(
        part for part in (item.text, item.owner, item.due.isoformat() if item.due else "") if part
    )
    ask = Ask("Action item", value=value, placeholder=_HOW, preview=partial(_preview, room))

    def typed(said: str) -> None:
        todo = _todo(room, said)
        room.do(commands.change_action_item, item.id, todo.text, todo.owner, todo.due)

    room.ask(ask, typed)


def _todo(room: "WarRoom", typed: str) -> entry.TodoLine:
    return entry.todo(typed, room.desk.now())


def _preview(room: "WarRoom", typed: str) -> str:
    if not typed.strip():
        return ""
    return entry.described(entry.Line(_todo(room, typed)), room.desk.now()).removesuffix(" · now")


def with_action_item(room: "WarRoom", item: ActionItem, what: Literal["finish", "change", "drop"]) -> None:
    """Finish, change or drop an action item."""
    if what == "finish":
        room.do(commands.toggle_action_item, item.id)
    elif what == "change":
        change_action_item(room, item)
    else:
        ask = Ask(f"Drop: {item.text}", placeholder="why? (may be empty)", required=False)
        room.ask(ask, lambda reason: room.do(commands.drop_action_item, item.id, reason))


# ── the post-mortem ────────────────────────────────────────────────────────────────────────────


def write_file(room: "WarRoom", text: str) -> None:
    """Ask where the post-mortem goes, and write it."""
    ask = Ask("Write the post-mortem to", value=f"{room.now_so.number}-post-mortem.md")

    def write(typed: str) -> None:
        path = Path(typed.strip()).expanduser()
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            room.say(f"Not written: {path}: {error.strerror}. Choose another place.", bad=True)
            return
        room.say(f"Written to {path}")
        room.do(commands.post_mortem_written, path.name)

    room.ask(ask, write)
