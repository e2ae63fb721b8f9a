"""The command line. Each command stands in a module of its own, named here."""

from __future__ import annotations

from puente.lazy import Entry, LazyGroup

COMMANDS = {
    "up": Entry("puente.commands.up:up", "Serve everything on one machine."),
    "demo": Entry("puente.commands.demo:demo", "Serve everything, with simulated citizens."),
    "web": Entry("puente.commands.serve:web", "Serve what providers and citizens call."),
    "admin": Entry("puente.commands.serve:admin", "Serve the staff's pages."),
    "everything": Entry("puente.commands.serve:everything", ""),  # what `up` starts
    "worker": Entry("puente.commands.background:worker", "Send what stands in the outbox."),
    "scheduler": Entry("puente.commands.background:scheduler", "Do what comes due."),
    "db": Entry("puente.commands.db:db", "Migrate the database."),
    "invite": Entry("puente.commands.invite:invite", "Invite the people on a list."),
    "keys": Entry("puente.commands.keys:keys", "Change the key of numbers and texts."),
    "doctor": Entry("puente.commands.doctor:doctor", "Say what is missing or wrong."),
    "metrics": Entry("puente.commands.metrics:metrics", "Write this host's figures."),
    "flows": Entry("puente.commands.flows:flows", "Check, publish and draw consultations."),
    "chat": Entry("puente.commands.chat:chat", "Talk to a consultation at the terminal."),
    "simulate": Entry("puente.commands.simulate:simulate", "Let synthetic citizens answer."),
    "export": Entry("puente.commands.export:export", "Write the answers to a file."),
    "outbox": Entry("puente.commands.outbox:outbox", "See, resend and stop what is to be sent."),
    "spool": Entry("puente.commands.spool:spool", "Take again what could not be taken."),
    "audit": Entry("puente.commands.audit:audit", "Check that nobody changed the audit."),
    "figures": Entry("puente.commands.figures:figures", "Check what was counted ahead."),
    "leaders": Entry("puente.commands.leaders:leaders", "Give leaders codes, links and QRs."),
    "links": Entry("puente.commands.links:links", "Part what a code has linked."),
    "tokens": Entry("puente.commands.tokens:tokens", "Let other programs read by the API."),
    "users": Entry("puente.commands.users:users", "Give people access to the staff's pages."),
    "try": Entry("puente.commands.try_:try_", "Feed the text machinery line by line."),
}

main = LazyGroup(
    COMMANDS,
    name="puente",
    help="Puente brings a public consultation to people with a basic phone.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
