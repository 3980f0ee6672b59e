package dev.thalweg.config;

import dev.thalweg.config.SettingKey.Group;

/** Reads the sections of settings, by the table in {@link SettingKeys}. */
final class SettingsReader {
    private final Findings findings;
    private final Values values;
    private final SettingsBuilder builder = Settings.builder();

    SettingsReader(Findings findings, Values values) {
        this.findings = findings;
        this.values = values;
    }

    void read(Section calls, Section router, Section server) {
        new KeyCheck(findings, KnownKeys.SETTINGS, null).check(calls);
        new KeyCheck(findings, KnownKeys.ROUTER, null).check(router);
        new KeyCheck(findings, KnownKeys.GENERAL, null).check(server);
        for (SettingKey key : SettingKeys.ALL) {
            Section section = of(key.group(), calls, router, server);
            Entry entry = section.find(key.name());
            if (entry != null) {
                key.apply().apply(entry, values, builder);
            }
        }
        Settings settings = builder.build();
        if ((settings.tlsCertificate() == null) != (settings.tlsKey() == null)) {
            Entry one = server.find(settings.tlsKey() == null ? "tls_certificate" : "tls_key");
            findings.problem(
                    one == null ? server.node() : one.value(),
                    "tls_certificate and tls_key go together: name both files, or none");
        }
        if (settings.maxEventBytes() > settings.maxHeldBytes()) {
            Entry held = calls.find("max_held_bytes");
            findings.problem(
                    held == null ? calls.node() : held.value(),
                    "max_event_bytes is above max_held_bytes, so that one event could never be held; raise the latter");
        }
    }

    /** What was read, over the defaults. */
    SettingsBuilder builder() {
        return builder;
    }

    private static Section of(Group group, Section calls, Section router, Section server) {
        return switch (group) {
            case CALLS -> calls;
            case ROUTER -> router;
            case SERVER -> server;
        };
    }
}
