package dev.thalweg.config;

import java.util.List;

/** What reading a configuration came to. */
public sealed interface ConfigResult {
    /** The configuration, or a {@link ConfigException} with everything that is wrong. */
    GatewayConfig orThrow();

    /**
     * The file was understood.
     *
     * @param config what it says
     */
    record Loaded(GatewayConfig config) implements ConfigResult {
        @Override
        public GatewayConfig orThrow() {
            return config;
        }
    }

    /**
     * The file was refused.
     *
     * @param problems everything that is wrong, in the order of the file; never empty
     * @param models how many entries of {@code model_list} were read
     */
    record Refused(List<Problem> problems, int models) implements ConfigResult {
        /** Copies the list. */
        public Refused {
            problems = List.copyOf(problems);
        }

        @Override
        public GatewayConfig orThrow() {
            throw new ConfigException(problems);
        }
    }
}
