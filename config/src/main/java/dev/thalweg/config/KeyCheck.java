package dev.thalweg.config;

import dev.thalweg.core.upstream.KeyText;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/** Checks the keys of a section against the known ones. */
final class KeyCheck {
    /** Under LiteLLM these kept callers out or spending down; whoever relies on them has to be told more than "not". */
    private static final Set<String> GUARDS = Set.of(
            "admin_only_routes",
            "allowed_ips",
            "allowed_routes",
            "custom_auth",
            "enable_jwt_auth",
            "enable_oauth2_auth",
            "enable_oauth2_proxy_auth",
            "enforce_rbac",
            "guardrails",
            "litellm_jwtauth",
            "max_budget",
            "policies",
            "role_permissions");

    private final Findings findings;
    private final KnownKeys known;
    private final @Nullable Consumer<Entry> others;

    /** With what is done with keys that are near none; null: they are problems. */
    KeyCheck(Findings findings, KnownKeys known, @Nullable Consumer<Entry> others) {
        this.findings = findings;
        this.known = known;
        this.others = others;
    }

    /** Reports what is wrong and returns the keys that were meant by slips: nobody has to be told these are missing. */
    Set<String> check(Section section) {
        Set<String> meant = new HashSet<>();
        for (Entry entry : section.entries()) {
            if (known.notInEffect().contains(entry.key()) || isFamily(entry.key())) {
                notInEffect(entry, "");
            } else if (!known.inEffect().contains(entry.key()) && !isPrice(entry.key())) {
                String near = unknown(entry);
                if (near != null) {
                    meant.add(near);
                }
            }
        }
        return meant;
    }

    private boolean isFamily(String key) {
        return known.describesModel()
                && !known.equals(KnownKeys.PRICES)
                && !known.inEffect().contains(key)
                && !isPrice(key)
                && LiteLlmModelKeys.isPriceOrAbility(key);
    }

    private boolean isPrice(String key) {
        return known.describesModel() && PriceKey.of(key) != null;
    }

    /** Says what is to be said, and returns the key that was meant, if the key is a slip. */
    private @Nullable String unknown(Entry entry) {
        KnownKeys home = KnownKeys.homeOf(entry.key());
        String near = known.near(entry.key());
        if (others != null && known.otherWords().contains(entry.key())) {
            others.accept(entry);
        } else if (home != null) {
            problem(entry, "key", entry.key(), " belongs in " + home.name() + "; move it there");
        } else if (KnownKeys.isLiteLlm(entry.key())) {
            notInEffect(entry, "; LiteLLM reads it in another section");
        } else if (near != null) {
            problem(
                    entry,
                    "unknown " + noun(entry),
                    shown(entry.key(), near),
                    "; did you mean '" + near + "'?" + hint());
            return near;
        } else if (others != null) {
            others.accept(entry);
        } else {
            String advice = "; remove it, or see docs/configuration.md for the keys that are read";
            problem(entry, "unknown " + noun(entry), KeyText.of(entry.key()), advice);
        }
        return null;
    }

    private void problem(Entry entry, String what, String key, String advice) {
        String place = entry.section().isEmpty() ? " at the top of the file" : " in " + entry.section();
        findings.problem(entry.keyNode(), what + " '" + key + "'" + place + advice);
    }

    private static String noun(Entry entry) {
        return entry.section().isEmpty() ? "section" : "key";
    }

    private void notInEffect(Entry entry, String more) {
        if (!entry.value().getTag().equals(Tag.NULL)) {
            String guard = GUARDS.contains(entry.key()) ? "; what it guarded under LiteLLM is not guarded here" : "";
            findings.notice(
                    Notice.Kind.NOT_IN_EFFECT,
                    entry.keyNode(),
                    entry.generalPath() + " is not in effect" + guard + more);
        }
    }

    private String hint() {
        return known.equals(KnownKeys.PARAMS)
                ? " (a parameter of the provider's that is really called so goes under extra_body)"
                : "";
    }

    /** A slip as it is: it is two letters from a word everybody knows. */
    private static String shown(String key, String near) {
        return key.length() <= near.length() + 2 ? KeyText.name(key) : KeyText.of(key);
    }
}
