package dev.thalweg.testkit.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that has to work between every pair of protocols, declared once: what is asked and what is answered, in no
 * protocol's words.
 *
 * @param name what it is, in a few words; unique
 * @param ask the request
 * @param reply the answer
 * @param forms in which forms it is tried
 * @param then what the caller says in a second request, after the answer as he keeps it; empty: there is none
 */
public record Scenario(String name, Ask ask, Reply reply, List<Form> forms, List<Turn> then) {
    /** Copies the lists. */
    public Scenario {
        forms = List.copyOf(forms);
        then = List.copyOf(then);
    }

    /** How the answer comes. */
    public enum Form {
        /** As one document. */
        UNARY,
        /** As a stream. */
        STREAM
    }

    /** Every scenario. */
    public static List<Scenario> all() {
        return Scenarios.all();
    }

    /** In both forms. */
    static Scenario of(String name, Ask ask, Reply reply) {
        return new Scenario(name, ask, reply, List.of(Form.values()), List.of());
    }

    /** Only as a stream. */
    static Scenario streamed(String name, Ask ask, Reply reply) {
        return new Scenario(name, ask, reply, List.of(Form.STREAM), List.of());
    }

    /** The same with a second request. */
    Scenario then(Turn... turns) {
        return new Scenario(name, ask, reply, forms, List.of(turns));
    }

    /** Why this pair of protocols cannot do it; null: it can. */
    @Nullable
    String impossible(Protocol front, Protocol upstream) {
        for (Feature feature : Feature.of(ask).keySet()) {
            if (!feature.callersOf(front)) {
                return "callers of " + front + " have no " + plain(feature);
            }
        }
        if (Feature.hasDeveloper(ask) && !Feature.DEVELOPER.callersOf(front)) {
            return "callers of " + front + " have no " + plain(Feature.DEVELOPER);
        }
        if (Feature.of(reply).contains(Feature.CUT_CALL) && !Feature.CUT_CALL.callersOf(front)) {
            return "callers of " + front + " have no " + plain(Feature.CUT_CALL);
        }
        for (Feature feature : Feature.of(reply)) {
            if (!feature.providersOf(upstream)) {
                return "providers of " + upstream + " have no " + plain(feature);
            }
        }
        return null;
    }

    private static String plain(Feature feature) {
        return feature.title().replaceFirst("^(a|an) ", "");
    }

    @Override
    public String toString() {
        return name;
    }
}
