package dev.thalweg.core.catalog;

import dev.thalweg.core.catalog.Provider.Parameter;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts what is said of an account into the places that a provider's base URL has for it. */
public final class AccountUrl {
    /** What may stand for a parameter: nothing that would make another URL of it. */
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]+");

    private AccountUrl() {}

    /** A part of the URL is not said, or is said so that it cannot be one. */
    public static final class Incomplete extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Parameter parameter;
        private final boolean missing;

        Incomplete(Parameter parameter, boolean missing) {
            super(parameter.key());
            this.parameter = parameter;
            this.missing = missing;
        }

        /** The part. */
        public Parameter parameter() {
            return parameter;
        }

        /** Whether nobody says it. */
        public boolean missing() {
            return missing;
        }
    }

    /**
     * The URL of this account.
     *
     * @param url the provider's base URL
     * @param values what is said of a parameter; null: nothing
     */
    public static String of(Provider provider, String url, Function<Parameter, @Nullable String> values)
            throws Incomplete {
        String filled = url;
        for (Parameter parameter : provider.parameters()) {
            String place = "{" + parameter.key() + "}";
            if (filled.contains(place)) {
                filled = filled.replace(place, part(parameter, values.apply(parameter)));
            }
        }
        return filled;
    }

    private static String part(Parameter parameter, @Nullable String said) throws Incomplete {
        String value = said != null ? said : parameter.otherwise();
        if (value == null) {
            throw new Incomplete(parameter, true);
        }
        // Databricks has its users write the host as a URL.
        String bare = value.strip().replaceFirst("^https://", "").replaceFirst("/$", "");
        if (!PART.matcher(bare).matches()) {
            throw new Incomplete(parameter, false);
        }
        return bare;
    }
}
