package dev.thalweg.core.catalog;

import dev.thalweg.core.catalog.Provider.AuthScheme;
import dev.thalweg.core.catalog.Provider.Parameter;
import dev.thalweg.core.catalog.Provider.Quirk;
import dev.thalweg.core.catalog.Provider.TokenField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row of the provider table under construction; what is not said is the common case. Not thread-safe. */
final class ProviderRow {
    private final String name;
    private final @Nullable String baseUrl;
    private final List<String> keys;
    private final Map<String, String> roots = new LinkedHashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    private List<String> aliases = List.of();
    private List<String> bases;
    private AuthScheme auth = AuthScheme.BEARER;
    private TokenField tokens = TokenField.AS_SENT;
    private List<String> dialects = List.of("openai");
    private boolean listsModels = true;

    private ProviderRow(String name, @Nullable String baseUrl, List<String> keys) {
        this.name = name;
        this.baseUrl = baseUrl;
        this.keys = keys;
        this.bases = List.of(name.toUpperCase(Locale.ROOT).replace('-', '_') + "_API_BASE");
    }

    /** Speaks chat completions, and is shown a bearer token; its base URL may be in {@code NAME_API_BASE}. */
    static ProviderRow row(String name, @Nullable String baseUrl, String... keys) {
        return new ProviderRow(name, baseUrl, List.of(keys));
    }

    /** One that knows only {@code max_tokens}, as most do who serve models of others. */
    static ProviderRow plain(String name, @Nullable String baseUrl, String... keys) {
        return row(name, baseUrl, keys).tokens(TokenField.MAX_TOKENS);
    }

    /** One that runs on the user's own machine. */
    static ProviderRow local(String name, @Nullable String baseUrl, String... keys) {
        return row(name, baseUrl, keys).quirks(Quirk.NO_KEY_NEEDED);
    }

    ProviderRow aliases(String... values) {
        aliases = List.of(values);
        return this;
    }

    /** Variables for the base URL, in place of {@code NAME_API_BASE}. */
    ProviderRow bases(String... values) {
        bases = List.of(values);
        return this;
    }

    ProviderRow auth(AuthScheme value) {
        auth = value;
        return this;
    }

    ProviderRow tokens(TokenField value) {
        tokens = value;
        return this;
    }

    ProviderRow speaks(String... values) {
        dialects = List.of(values);
        return this;
    }

    /** It speaks this protocol, too, under this path; who speaks one at a path of its own says all of them so. */
    ProviderRow at(String dialect, String root) {
        if (roots.isEmpty()) {
            dialects = List.of();
        }
        roots.put(dialect, root);
        dialects = Stream.concat(dialects.stream(), Stream.of(dialect)).toList();
        return this;
    }

    /** A parameter that has no value unless it is said. */
    ProviderRow parameter(String key, String... variables) {
        parameters.add(new Parameter(key, List.of(variables), null));
        return this;
    }

    /** A parameter that is this unless it is said. */
    ProviderRow parameterOr(String otherwise, String key, String... variables) {
        parameters.add(new Parameter(key, List.of(variables), otherwise));
        return this;
    }

    ProviderRow quirks(Quirk... values) {
        quirks.addAll(Arrays.asList(values));
        return this;
    }

    /** It has no {@code GET /models}, or one in a form of its own. */
    ProviderRow listsNoModels() {
        listsModels = false;
        return this;
    }

    Provider build() {
        return new Provider(
                name,
                aliases,
                baseUrl,
                keys,
                bases,
                auth,
                tokens,
                Collections.unmodifiableSet(quirks),
                dialects,
                List.copyOf(parameters),
                Map.copyOf(roots),
                listsModels ? listingRoot() + "/models" : null);
    }

    /** Lists of models are OpenAI's, wherever that is spoken. */
    private String listingRoot() {
        return roots.getOrDefault(roots.containsKey("openai") ? "openai" : dialects.get(0), "");
    }
}
