package dev.thalweg.config;

import dev.thalweg.core.catalog.EditDistance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one section: those in effect, those of LiteLLM that are not, and words that are merely known.
 *
 * @param name what the section is called in messages
 * @param inEffect keys that are read
 * @param notInEffect keys of LiteLLM that are accepted and listed
 * @param otherWords words that are none of these, and that a slip may have meant
 */
record KnownKeys(String name, Set<String> inEffect, Set<String> notInEffect, Set<String> otherWords) {
    static final List<String> SETTINGS_NAMES = List.of("thalweg_settings", "litellm_settings", "mishikallm_settings");
    static final List<String> PARAMS_NAMES = List.of("litellm_params", "params", "mishikallm_params");

    static final KnownKeys TOP = new KnownKeys(
            "the file",
            Set.of(
                    "model_list",
                    "thalweg_settings",
                    "litellm_settings",
                    "mishikallm_settings",
                    "router_settings",
                    "general_settings",
                    "environment_variables",
                    "keys",
                    PricesReader.SECTION,
                    "include"),
            LiteLlmSettingsKeys.TOP);

    static final KnownKeys SETTINGS = new KnownKeys(
            "thalweg_settings",
            SettingKeys.names(SettingKey.Group.CALLS),
            union(LiteLlmSettingsKeys.SETTINGS, LiteLlmSettingsKeys.ROUTER));

    static final KnownKeys ROUTER =
            new KnownKeys("router_settings", SettingKeys.names(SettingKey.Group.ROUTER), LiteLlmSettingsKeys.ROUTER);

    static final KnownKeys GENERAL = new KnownKeys(
            "general_settings",
            union(SettingKeys.names(SettingKey.Group.SERVER), Set.of("master_key")),
            LiteLlmSettingsKeys.GENERAL);

    static final KnownKeys ENTRY = new KnownKeys(
            "an entry of model_list",
            union(
                    Set.of("model_name", "litellm_params", "params", "mishikallm_params", "model_info"),
                    CandidateReader.ENTRY),
            LiteLlmModelKeys.ENTRY);

    static final KnownKeys PARAMS =
            new KnownKeys("litellm_params", DeploymentKeys.ALL, LiteLlmModelKeys.PARAMS, LiteLlmModelKeys.REQUEST);

    static final KnownKeys MODEL_INFO = new KnownKeys(
            "model_info",
            union(union(Set.of("id", PricesReader.BASE_MODEL), CandidateReader.INFO), PriceKey.BASES.keySet()),
            LiteLlmModelKeys.MODEL_INFO);

    static final KnownKeys PRICES = new KnownKeys(
            "an entry of prices", union(Set.of(PricesReader.BASE_MODEL), PriceKey.BASES.keySet()), Set.of());

    static final KnownKeys KEY = new KnownKeys("an entry of keys", Set.of("name", "key", "models"), Set.of());

    static final List<KnownKeys> SECTIONS =
            List.of(TOP, SETTINGS, ROUTER, GENERAL, ENTRY, PARAMS, MODEL_INFO, PRICES, KEY);

    KnownKeys(String name, Set<String> inEffect, Set<String> notInEffect) {
        this(name, inEffect, notInEffect, Set.of());
    }

    /** Whether a deployment, or its model, is described here. */
    boolean describesModel() {
        return equals(PARAMS) || equals(MODEL_INFO) || equals(PRICES);
    }

    /** What the key may have been meant to be. */
    @Nullable
    String near(String key) {
        return EditDistance.nearest(key, union(union(inEffect, notInEffect), otherWords));
    }

    /** The other section that reads this key, if there is one. */
    static @Nullable KnownKeys homeOf(String key) {
        return SECTIONS.stream()
                .filter(section -> !section.equals(KEY) && section.inEffect.contains(key))
                .findFirst()
                .orElse(null);
    }

    /** Whether LiteLLM has this key in some section. */
    static boolean isLiteLlm(String key) {
        return SECTIONS.stream().anyMatch(section -> section.notInEffect.contains(key));
    }

    private static Set<String> union(Set<String> left, Set<String> right) {
        Set<String> both = new HashSet<>(left);
        both.addAll(right);
        return Set.copyOf(both);
    }
}
