package dev.thalweg.core.upstream;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.catalog.Provider.AuthScheme;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which account of AWS's a deployment asks with, and in which region. A pair of keys is taken whole from one place: the
 * entry, a profile, or the environment. For one entry; not thread-safe.
 */
public final class AwsAccount {
    public static final String REGION = "aws_region_name";
    public static final String ID = "aws_access_key_id";
    public static final String SECRET = "aws_secret_access_key";
    public static final String TOKEN = "aws_session_token";
    public static final String PROFILE = "aws_profile_name";

    private static final Set<String> PAIR = Set.of(ID, SECRET, TOKEN, PROFILE);
    private static final List<String> ROLES = List.of("aws_role_name", "aws_web_identity_token");
    private static final Pattern REGION_FIRST = Pattern.compile("([a-z]{2}(?:-[a-z]+)+-[0-9])/(.+)");

    private final Environment environment;
    private final TextFiles files;
    private final @Nullable String role;
    private final boolean entryHasKeys;
    private boolean profileHasKeys;

    private AwsAccount(Environment environment, TextFiles files, @Nullable String role, boolean entryHasKeys) {
        this.environment = environment;
        this.files = files;
        this.role = role;
        this.entryHasKeys = entryHasKeys;
    }

    /**
     * The account of an entry; null where the provider is not AWS.
     *
     * @param said whether the entry itself has this key
     * @param files reads the file of profiles
     */
    public static @Nullable AwsAccount of(
            Provider provider, Predicate<String> said, Environment environment, TextFiles files) {
        if (provider.auth() != AuthScheme.AWS) {
            return null;
        }
        String role = ROLES.stream().filter(key -> said.test(key)).findFirst().orElse(null);
        boolean keys = PAIR.stream().anyMatch(key -> said.test(key));
        return new AwsAccount(environment, files, role, keys);
    }

    /** The model without the region that LiteLLM's spelling puts before it, which counts where no other is said. */
    public String model(String model, Map<String, Secret> options) {
        Matcher region = REGION_FIRST.matcher(model);
        if (!region.matches()) {
            return model;
        }
        options.putIfAbsent(REGION, new Secret(region.group(1)));
        return region.group(2);
    }

    /** Whether the environment may say it: not a part of a pair that is known. */
    public boolean mayComeFromEnvironment(String parameter) {
        return !(entryHasKeys || profileHasKeys) || !PAIR.contains(parameter);
    }

    /** Completes what is known from the profile that is named; why it cannot be, null where all is well. */
    public @Nullable String settle(Map<String, Secret> options) {
        if (role != null) {
            return role + " has no effect: roles are not assumed here; give keys, a profile with keys, or an api_key";
        }
        Secret named = options.get(PROFILE);
        boolean keys = options.containsKey(ID);
        boolean inEnvironment = !entryHasKeys && environment.find("AWS_ACCESS_KEY_ID") != null;
        String profile = named != null ? named.reveal() : entryHasKeys ? null : environment.find("AWS_PROFILE");
        if (profile == null || keys || (named == null && inEnvironment)) {
            return null;
        }
        String file = files.read(AwsProfile.file(environment));
        if (file == null) {
            return "the file of AWS's profiles cannot be read; set AWS_SHARED_CREDENTIALS_FILE, or give keys";
        }
        Map<String, String> values = AwsProfile.read(file, profile);
        if (!values.containsKey(ID) || !values.containsKey(SECRET)) {
            return "the profile " + KeyText.of(profile) + " has no keys in the file of AWS's credentials";
        }
        profileHasKeys = true;
        for (String key : List.of(ID, SECRET, TOKEN)) {
            put(options, key, values.get(key));
        }
        if (environment.findFirst(List.of("AWS_REGION_NAME", "AWS_REGION", "AWS_DEFAULT_REGION")) == null) {
            put(options, REGION, values.get("region"));
        }
        return null;
    }

    /** What of the keys is missing, in a sentence; null: nothing. */
    public static @Nullable String missing(Map<String, Secret> options) {
        for (String key : List.of(ID, SECRET)) {
            if (!options.containsKey(key)) {
                return "there is no " + key
                        + " for AWS; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile"
                        + " under aws_profile_name, or set AWS_BEARER_TOKEN_BEDROCK";
            }
        }
        return options.containsKey(REGION)
                ? null
                : "there is no region for AWS's signature; add aws_region_name, or set AWS_REGION";
    }

    private static void put(Map<String, Secret> options, String key, @Nullable String value) {
        if (value != null) {
            options.putIfAbsent(key, new Secret(value));
        }
    }
}
