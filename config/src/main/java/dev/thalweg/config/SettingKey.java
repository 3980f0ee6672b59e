package dev.thalweg.config;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.ObjIntConsumer;

/**
 * One key of the settings: where it stands and how it gets into the builder.
 *
 * @param group the section it stands in
 * @param name the key
 * @param apply reads the value and hands it on; a value that is wrong is reported and not handed on
 */
record SettingKey(Group group, String name, Apply apply) {
    /** The sections that hold settings. */
    enum Group {
        /** {@code thalweg_settings} and its other spellings: what LiteLLM's library reads, and calls to providers. */
        CALLS,
        /** {@code router_settings}. */
        ROUTER,
        /** {@code general_settings}: the server and its callers. */
        SERVER
    }

    /** Reads one value into the builder. */
    interface Apply {
        void apply(Entry entry, Values values, SettingsBuilder settings);
    }

    static SettingKey timeout(Group group, String name) {
        return duration(group, name, TimeoutOptions.shortest(name), (settings, value) -> settings.timeout(name, value));
    }

    static SettingKey duration(
            Group group, String name, Duration shortest, BiConsumer<SettingsBuilder, Duration> setter) {
        return new SettingKey(group, name, (entry, values, settings) -> {
            Duration value = values.duration(entry, shortest);
            if (value != null) {
                setter.accept(settings, value);
            }
        });
    }

    static SettingKey integer(
            Group group, String name, int smallest, int largest, ObjIntConsumer<SettingsBuilder> setter) {
        return new SettingKey(group, name, (entry, values, settings) -> {
            Integer value = values.integer(entry, smallest, largest);
            if (value != null) {
                setter.accept(settings, value);
            }
        });
    }

    static SettingKey flag(Group group, String name, BiConsumer<SettingsBuilder, Boolean> setter) {
        return new SettingKey(
                group, name, (entry, values, settings) -> setter.accept(settings, values.flag(entry, false)));
    }

    static SettingKey bytes(Group group, String name, long largest, BiConsumer<SettingsBuilder, Long> setter) {
        return new SettingKey(group, name, (entry, values, settings) -> {
            long value = values.bytes(entry, largest);
            if (value > 0) {
                setter.accept(settings, value);
            }
        });
    }
}
