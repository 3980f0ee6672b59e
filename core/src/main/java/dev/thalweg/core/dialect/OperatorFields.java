package dev.thalweg.core.dialect;

import java.util.Set;

/** Fields no request may set, in any protocol: where to connect and with what is the operator's to say, never the caller's. */
public final class OperatorFields {
    /** Their names. */
    public static final Set<String> NAMES =
            Set.of("api_base", "base_url", "api_key", "api_version", "extra_headers", "organization", "user_config");

    private OperatorFields() {}
}
