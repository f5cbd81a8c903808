"""What a good value of each setting looks like, for whoever has set another."""

from collections.abc import Mapping

from corpus.clause import Clause

EXPECTED: Mapping[str, Clause] = {
    "DISCORD_TOKEN": Clause("expected.token"),
    "RAPPORTEUR_REPORTS": Clause("expected.reports"),
    "RAPPORTEUR_LEXICON": Clause("expected.lexicon"),
    "RAPPORTEUR_DATA": Clause("expected.data"),
    "DATABASE_URL": Clause("expected.database_url"),
    "RAPPORTEUR_INDEX": Clause("expected.cluster"),
    "RAPPORTEUR_SKIP_UNREADABLE": Clause("expected.yes_or_no"),
    "RAPPORTEUR_HOME_GUILD": Clause("expected.server"),
    "RAPPORTEUR_MODERATOR_ROLE": Clause("expected.role"),
    "RAPPORTEUR_LANGUAGE": Clause("expected.language"),
    "RAPPORTEUR_LOG_LEVEL": Clause("expected.log_level"),
    "RAPPORTEUR_LOG_FORMAT": Clause("expected.log_format"),
    "RAPPORTEUR_SPOILER": Clause("expected.yes_or_no"),
    "RAPPORTEUR_PERSON_LIMIT": Clause("expected.person_limit"),
    "RAPPORTEUR_CHANNEL_LIMIT": Clause("expected.channel_limit"),
    "RAPPORTEUR_SERVER_LIMIT": Clause("expected.server_limit"),
    "RAPPORTEUR_KEEP_QUESTIONS": Clause("expected.days"),
    "RAPPORTEUR_KEEP_EDITIONS": Clause("expected.kept_days"),
    "RAPPORTEUR_SHUTDOWN_SECONDS": Clause("expected.seconds"),
    "RAPPORTEUR_DISCORD_API": Clause("expected.address"),
    "RAPPORTEUR_HEALTH_FILE": Clause("expected.file"),
    "RAPPORTEUR_METRICS": Clause("expected.listening"),
    "RAPPORTEUR_SHARD_COUNT": Clause("expected.shard_count"),
    "RAPPORTEUR_SHARD_IDS": Clause("expected.shard_ids"),
    "RAPPORTEUR_SHARDS_PER_PROCESS": Clause("expected.shard_count"),
}
