package dev.thalweg.core.upstream;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.Quirk;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Azure OpenAI's two APIs speak: the newer one, under {@code /openai/v1}, has no versions and all protocols; of the older
 * one each version has a date, and responses came late.
 */
public final class AzureApi {
    /** The newest version that is no preview and that every deployment has. */
    public static final String VERSION = "2024-10-21";

    /** The version for deployments that are asked for responses and say none. */
    public static final String RESPONSES_VERSION = "2025-04-01-preview";

    private static final String FIRST_WITH_RESPONSES = "2025-03-01";
    private static final String V1 = "/openai/v1";

    private AzureApi() {}

    /** The version where none is configured. */
    public static String version(List<String> dialects) {
        return dialects.contains("responses") ? RESPONSES_VERSION : VERSION;
    }

    /** What a deployment of this provider's speaks there, where the configuration does not say. */
    public static List<String> dialects(Provider provider, URI base, @Nullable String version) {
        boolean old = provider.has(Quirk.AZURE_PATHS)
                && !String.valueOf(base.getRawPath()).endsWith(V1)
                && version != null
                && version.compareTo(FIRST_WITH_RESPONSES) < 0;
        return old ? List.of("openai") : provider.dialects();
    }
}
