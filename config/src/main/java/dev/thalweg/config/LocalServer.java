package dev.thalweg.config;

import dev.thalweg.core.catalog.Provider;
import java.util.List;

/**
 * A server of models that was found on this machine.
 *
 * @param provider the row of the table that says how it is asked
 * @param baseUrl where it is
 * @param models the names it has for its models
 */
public record LocalServer(Provider provider, String baseUrl, List<String> models) {
    private static final int SHOWN = 5;

    /** Copies the list. */
    public LocalServer {
        models = List.copyOf(models);
    }

    /** A line for people. */
    public String text() {
        String some = String.join(", ", models.subList(0, Math.min(SHOWN, models.size())));
        return "Found " + provider.name() + " at " + baseUrl + ": "
                + switch (models.size()) {
                    case 0 -> "no models yet";
                    case 1 -> "1 model (" + some + ")";
                    default -> models.size() + " models (" + some + (models.size() > SHOWN ? ", …)" : ")");
                };
    }
}
